Invariant: adjudication-one-question
Description: "One question is asked, the verdict, which is required and takes one of the three; besides it there may be text to read, and one comment."
Expression: "item.where(linkId = 'verdict' and type = 'choice' and required = true and repeats.exists(value = true).not() and answerOption.value.where(system = 'https://auscult.org/fhir/CodeSystem/adjudication-verdict').code.distinct().count() = 3 and answerOption.count() = 3 and item.empty()).count() = 1 and item.where(linkId != 'verdict' and type != 'display').all(linkId = 'comment' and type = 'text' and item.empty())"
Severity: #error
