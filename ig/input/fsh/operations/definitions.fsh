RuleSet: DefinitionOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource = #Library
* system = false
* type = false
* instance = true
* affectsState = false

RuleSet: DefinitionLink
* insert Part(canonical, 1, 1, canonical, [["The definition as url|version; of a code system its url."]])
* insert Part(kind, 1, 1, code, [["The name of its profile, such as feature-set or deployment; value-set, code-system; unknown for what is not here."]])
* insert Part(title, 0, 1, string, [["Its title."]])
* insert Part(status, 0, 1, code, [["Its status."]])
* insert Part(resource, 0, 1, Reference, [["Its resource."]])
* insert Part(live, 0, 1, boolean, [["Of a deployment: whether it is live."]])
* insert Part(depth, 1, 1, integer, [["1 if nothing lies between."]])
* insert Part(via, 1, 1, canonical, [["The neighbour through which it was reached."]])

Instance: definition-diff
InstanceOf: OperationDefinition
Usage: #definition
Title: "What changed between two definitions"
* insert DefinitionOperation(definition-diff)
* name = "DefinitionDiff"
* title = "What changed between two definitions"
* description = "What changed from another version to this one, part by part: codes that came and went, with ValueSets expanded; operator, window, unit, expression, missing policy; words and people. Each change is breaking if a value may be another one, or if nobody can tell; compatible if programs read something else and every value stays; or editorial."
* code = #diff
* insert In(with, 1, [["The other one: a version of the same url, or url|version."]])
* insert Out(from, 1, 1, canonical, [["The other one."]])
* insert Out(to, 1, 1, canonical, [["This one."]])
* insert Out(effect, 1, 1, code, [["The greatest effect of any change: none, editorial, compatible or breaking."]])
* insert OutGroup(change, [["One for each part that is not the same."]])
* insert Part(part, 1, 1, code, [["Which part: codes, lookback, unit, expression, title."]])
* insert Part(effect, 1, 1, code, [["editorial, compatible or breaking."]])
* insert Part(before, 0, 1, string, [["What the other one says; absent if nothing."]])
* insert Part(after, 0, 1, string, [["What this one says; absent if nothing."]])
* insert Part(added, 0, *, string, [["What came into a list: a code as system|code, an input or a member as url|version."]])
* insert Part(removed, 0, *, string, [["What left it."]])
* insert Part(text, 1, 1, string, [["All of it for people."]])

Instance: definition-usage
InstanceOf: OperationDefinition
Usage: #definition
Title: "What a definition rests on, and what rests on it"
* insert DefinitionOperation(definition-usage)
* name = "DefinitionUsage"
* title = "What a definition rests on, and what rests on it"
* description = "The graph of a definition in both directions and all the way: features, ValueSets and code systems that it rests on; derived features, feature sets, models, order rules and deployments that use it. The nearest first, first those below."
* code = #usage
* insert In(_count, 0, [["Links on a page, 1 to 1000; 100 if not given."]])
* insert In(_offset, 0, [["How many links to pass over."]])
* insert Out(definition, 1, 1, canonical, [["The definition."]])
* insert Out(total, 1, 1, integer, [["How many links there are."]])
* insert Out(offset, 1, 1, integer, [["How many were passed over."]])
* insert OutGroup(restsOn, [["Something that it rests on."]])
* insert DefinitionLink
* insert OutGroup(usedBy, [["Something that uses it."]])
* insert DefinitionLink

Instance: definition-document
InstanceOf: OperationDefinition
Usage: #definition
Title: "A definition as people read it"
* insert DefinitionOperation(definition-document)
* name = "DefinitionDocument"
* title = "A definition as people read it"
* description = "An HTML page: meaning, formula, window in words, unit, ranges, codes, sources, owner and review, its versions, what it rests on and what uses it, as of now. What the definition alone says stands in its text too."
* code = #document
* insert Out(return, 1, 1, Binary, [["The page, as text/html."]])

Instance: definition-review
InstanceOf: OperationDefinition
Usage: #definition
Title: "Review a definition"
* insert DefinitionOperation(definition-review)
* affectsState = true
* name = "DefinitionReview"
* title = "Review a definition"
* description = "A reviewer has read this draft of a feature or a feature set and finds it right. The review names the person, the time and the content by its hash: if the draft is changed afterwards, the review no longer counts."
* code = #review
* insert In(comment, 0, [["What the reviewer has to say."]])
* insert Out(return, 1, 1, Library, [["The definition with its review."]])

RuleSet: MaybePartOfPart(name, type, documentation)
* parameter[=].part[=].part[+].name = #{name}
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 0
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].type = #{type}
* parameter[=].part[=].part[=].documentation = {documentation}

RuleSet: ShownPatients
* insert MaybePartOfPart(patients, integer, [["How many patients; absent if hidden."]])
* insert MaybePartOfPart(hidden, boolean, [["True if the number is hidden: too small, or it would tell one that is."]])

Instance: definition-profile
InstanceOf: OperationDefinition
Usage: #definition
Title: "How a feature's values lie in a cohort"
* insert DefinitionOperation(definition-profile)
* name = "DefinitionProfile"
* title = "How a feature's values lie in a cohort"
* description = "Values of a feature, or of a set's features, of a cohort at one or more index times, as features would serve them: how many have one, why others do not, mean, quantiles, histogram, units and codes met, of all and by the site that patients belong to. No number is of fewer than 11 patients. Patients out of reach, and those who withhold anything from the one who asks, are not counted. Refused if there are too many vectors, or fewer than 11 patients."
* code = #profile
* insert In(group, 0, [["A Group that lists patients, by id or reference. All patients, if neither this nor patients is given."]])
* insert In(patients, 0, [["A search for patients by what many share, such as gender=female&birthdate=lt1960-01-01 or _has:Condition:patient:code=…"]])
* parameter[+].name = #at
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #string
* parameter[=].documentation = "Index times, 100 at the most: an instant with its offset, or a date, which counts to the end of the site's day; now if none is given. Only what was known by then counts."
* insert Out(definition, 1, 1, canonical, [["The feature or the set."]])
* insert Out(at, 1, *, instant, [["Index times."]])
* insert Out(patients, 1, 1, integer, [["How many patients were counted."]])
* insert Out(leftOut, 1, 1, string, [["How many of the cohort were not; <11 for fewer."]])
* insert OutGroup(feature, [["One for each feature."]])
* insert Part(name, 1, 1, string, [["Its name."]])
* insert Part(definition, 1, 1, canonical, [["Its definition, as url|version."]])
* insert Part(title, 1, 1, string, [["Its title."]])
* insert Part(unit, 1, 1, code, [["The unit of its values."]])
* insert OutGroup(values, [["One for each feature and site, the first of all sites together."]])
* insert Part(feature, 1, 1, string, [["The feature's name."]])
* insert Part(site, 0, 1, string, [["The patients' Organization; none if the record ties them to none, several if to several; absent for all together."]])
* insert Part(patients, 0, 1, integer, [["How many patients; absent if hidden."]])
* insert Part(times, 0, 1, integer, [["At how many index times of theirs."]])
* insert Part(mean, 0, 1, decimal, [["Of the values; absent if few patients could be told from it."]])
* insert Part(deviation, 0, 1, decimal, [["Standard deviation of the sample."]])
* insert Part(low, 0, 1, decimal, [["The smallest value that 11 patients do not exceed."]])
* insert Part(high, 0, 1, decimal, [["The largest value that 11 patients reach."]])
* insert PartGroup(count, [["Patients with a value, and without one by reason. A patient may be in several, at several times."]])
* insert PartOfPart(reason, code, [["present, or a code of missing-reason."]])
* insert ShownPatients
* insert MaybePartOfPart(times, integer, [["At how many index times."]])
* insert PartGroup(quantile, [["Values that occur, between low and high."]])
* insert PartOfPart(percent, integer, [["5, 25, 50, 75 or 95 of a hundred values do not exceed it."]])
* insert PartOfPart(value, decimal, [["The value."]])
* insert PartGroup(value, [["One for each value, if there are no more than ten."]])
* insert PartOfPart(value, decimal, [["The value."]])
* insert ShownPatients
* insert PartGroup(bin, [["Otherwise a histogram, with 11 patients in each bin at least."]])
* insert MaybePartOfPart(from, decimal, [["Its lower end, which belongs to it; absent in the first."]])
* insert MaybePartOfPart(to, decimal, [["Its upper end, which does not; absent in the last."]])
* insert PartOfPart(patients, integer, [["How many patients."]])
* insert PartOfPart(times, integer, [["How many values."]])
* insert PartGroup(unit, [["Units in which the record holds values of its codes, read by it or not."]])
* insert PartOfPart(unit, string, [["As recorded."]])
* insert ShownPatients
* insert MaybePartOfPart(times, integer, [["How many facts, counted at each index time."]])
* insert PartGroup(code, [["Codes with which the record holds facts that it may read."]])
* insert PartOfPart(code, string, [["As system|code."]])
* insert ShownPatients
* insert MaybePartOfPart(times, integer, [["How many facts, counted at each index time."]])
