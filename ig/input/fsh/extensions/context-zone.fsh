Extension: ContextZone
Id: context-zone
Title: "Time zone"
Description: "In which times of day are told, by its name in the IANA database; the site's if left out."
Context: Library
* value[x] only code
* value[x] 1..1
