Extension: FigureNote
Id: figure-note
Title: "Note"
Description: "What else is to be known of a figure, such as why it has no interval."
Context: Quantity
* value[x] only string
* value[x] 1..1
