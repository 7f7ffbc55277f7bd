"""Reading: bytes to an edition with paragraphs, sections, sentences, offsets, script and metadata."""
