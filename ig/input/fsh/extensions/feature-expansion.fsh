Extension: FeatureExpansion
Id: feature-expansion
Title: "Hash of the expansion"
Description: "SHA-256 of what the ValueSets of an active definition expand to, 64 lower-case hexadecimal digits. The server puts it in when the version becomes active; from then on another expansion is another feature, and the version cannot be used. A definition that comes from elsewhere with its hash is refused where its ValueSets expand to something else."
Context: Library
* value[x] only string
* value[x] 1..1
