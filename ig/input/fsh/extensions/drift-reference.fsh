Extension: DriftReference
Id: drift-reference
Title: "Reference window"
Description: "The window against which a report was made, or that it is: what was served over a stretch of time, which the server keeps and never changes."
Context: MeasureReport
* extension contains
    sha256 1..1 and
    report 0..1
* extension[sha256].value[x] only string
* extension[sha256] ^short = "Of the content that is kept, in lower-case hexadecimal"
* extension[report].value[x] only Reference(MeasureReport)
* extension[report] ^short = "That of the reference; absent in itself"
