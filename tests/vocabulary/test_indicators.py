"""The scheme of indicators, and which indicator a phrase names."""

import pytest

from kg.vocabulary import Vocabulary, load


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def test_every_indicator_is_described_completely(vocabulary: Vocabulary) -> None:
    dimensions = vocabulary.scheme("dimension").concepts
    areas = vocabulary.scheme("policy-area").concepts
    for concept in vocabulary.indicators.values():
        assert {"zh-Hans", "zh-Hant", "en"} <= set(concept.labels), concept.notation
        assert concept.definition.get("zh-Hans"), concept.notation
        assert concept.dimension in dimensions, concept.notation
        assert concept.policy_area in areas, concept.notation
        assert concept.direction in ("", "higher", "lower"), concept.notation


def test_the_usual_unit_measures_the_dimension(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.indicators.values():
        if concept.unit:
            assert vocabulary.units[concept.unit].dimension == concept.dimension, concept.notation


def test_broader_indicators_exist_and_make_no_circle(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.indicators.values():
        seen = [concept.notation]
        while vocabulary.indicators[seen[-1]].broader:
            seen.append(vocabulary.indicators[seen[-1]].broader)
            assert seen[-1] not in seen[:-1], seen


def test_every_indicator_is_found_by_each_of_its_labels(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.indicators.values():
        for label in (concept.labels["zh-Hans"], *concept.alternatives, *concept.heads):
            assert vocabulary.indicator_for(label) == concept.notation, label


@pytest.mark.parametrize(
    ("phrase", "notation"),
    [
        ("地区生产总值", "gdp"),
        ("全市GDP增速", "gdp"),
        ("经济总量", "gdp"),
        ("规模以上工业增加值", "industrial_value_added_large"),
        ("规上工业增加值", "industrial_value_added_large"),
        ("固定资产投资总额", "fixed_asset_investment"),
        ("全社会固定资产投资", "fixed_asset_investment"),
        ("社会消费品零售总额", "retail_sales"),
        ("地方一般公共预算收入", "general_budget_revenue"),
        ("公共财政预算收入", "general_budget_revenue"),
        ("城镇常住居民人均可支配收入", "income_urban"),
        ("农村居民人均可支配收入", "income_rural"),
        ("城乡居民人均可支配收入", "income_all"),
        ("城镇新增就业人数", "urban_new_jobs"),
        ("居民消费价格涨幅", "cpi"),
        ("粮食总产量", "grain_output"),
        ("单位地区生产总值能耗", "energy_intensity"),
        ("万元GDP能耗", "energy_intensity"),
        ("常住人口城镇化率", "urbanisation_resident"),
        ("三次产业结构中第二产业占比", "secondary_industry_share"),
        ("一般公共预算收入中税收收入占比", "tax_share_of_revenue"),
        ("全社会R&D经费投入强度", "rd_intensity"),
        ("外贸进出口总额", "trade_total"),
        ("PM2.5平均浓度", "pm25"),
        ("森林覆盖率", "forest_coverage"),
    ],
)
def test_headline_indicators_are_found_by_the_wordings_of_reports(
    vocabulary: Vocabulary, phrase: str, notation: str
) -> None:
    assert vocabulary.indicator_for(phrase) == notation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老旧小区改造数", "改造城镇老旧小区数"),
        ("建成5G基站数", "新建5G基站数"),
        ("培育省级“专精特新”企业数", "新增省级专精特新企业数"),
        ("治理水土流失面积", "水土流失综合治理面积"),
        ("研究与试验发展经费支出", "R&D经费支出"),
        ("生猪年出栏", "出栏生猪"),
        ("粮食播种面积", "粮食种植面积"),
        ("地区生产总值全省排名", "地区生产总值"),
        ("流转土地面积", "土地流转面积"),
    ],
)
def test_wordings_of_one_quantity_meet(vocabulary: Vocabulary, one: str, other: str) -> None:
    assert vocabulary.indicator_for(one) == vocabulary.indicator_for(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高新技术企业数", "新增高新技术企业数"),
        ("新增“四上”企业数", "净增“四上”企业数"),
        ("省级专精特新企业数", "国家级专精特新企业数"),
        ("城市低保标准", "农村低保标准"),
        ("新开工棚户区改造套数", "棚户区改造基本建成套数"),
        ("电力装机容量", "新增电力装机容量"),
        ("城镇登记失业率", "城镇调查失业率"),
        ("PM2.5平均浓度", "PM10平均浓度"),
        ("民间投资", "民间投资占比"),
        ("新开工项目数", "竣工项目数"),
        ("地区生产总值", "人均地区生产总值"),
    ],
)
def test_different_quantities_stay_apart(vocabulary: Vocabulary, one: str, other: str) -> None:
    first, second = vocabulary.indicator_for(one), vocabulary.indicator_for(other)
    assert "" != first != second != ""


def test_a_place_may_stand_before_a_head(vocabulary: Vocabulary) -> None:
    assert vocabulary.indicator_for("盘州市地区生产总值") == "gdp"
    assert vocabulary.indicator_for("月照机场旅客吞吐量") == "airport_passengers"


@pytest.mark.parametrize(
    "phrase",
    ["", "投资", "项目数", "企业数", "满意率", "农产品出口额", "重点项目税收", "开发区生产总值", "占生产总值"],
)
def test_a_part_a_share_or_a_word_that_names_nothing_is_not_linked(vocabulary: Vocabulary, phrase: str) -> None:
    assert vocabulary.indicator_for(phrase) == ""


def test_a_noun_of_an_amount_must_fit_the_dimension(vocabulary: Vocabulary) -> None:
    assert vocabulary.indicator_for("盘活存量土地面积") == "idle_land_used"
    assert vocabulary.indicator_for("高新技术企业面积") == ""


def test_counts_of_users_and_cases_keep_their_noun(vocabulary: Vocabulary) -> None:
    assert vocabulary.indicator_for("办理行政复议案件数") == "admin_reconsideration"
    assert vocabulary.indicator_for("新增天然气用户数") == "gas_users"


def test_a_rate_is_a_share(vocabulary: Vocabulary) -> None:
    assert vocabulary.indicators["forest_coverage"].measure == "share"
    assert vocabulary.indicators["gdp"].measure == "level"
    assert vocabulary.indicators["preschool_enrolment"].above_100
