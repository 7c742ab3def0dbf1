// Room: forms. What forms say beyond the common extensions, and where restrictions and answers come from.

Extension: RestrictedBy
Id: restricted-by
Title: "Restricted By"
Description: "The screening rule that wrote an activity into a plan; it is taken out again when the rule no longer holds."
Context: CarePlan.activity
* value[x] only Coding
* value[x] 1..1

Extension: AvoidedArea
Id: avoided-area
Title: "Avoided Area"
Description: "The part of the body to which an activity that is not to be performed is confined. A technique on it, on a part of it, or on a region around it is refused; elsewhere it is not."
Context: CarePlan.activity
* value[x] only CodeableConcept
* value[x] 1..1
* valueCodeableConcept ^short = "Body site in SNOMED CT, with the extension side where it has two"

Extension: PopulatedFrom
Id: populated-from
Title: "Populated From"
Description: "The resource from which an answer was filled in. As long as it stands, the answer says nothing new, and nothing is extracted from it."
Context: QuestionnaireResponse.item
* value[x] only Reference
* value[x] 1..1

Extension: Score
Id: score
Title: "Score"
Description: "A question whose answer is computed from the answers to others: their mean or their sum."
Context: Questionnaire.item
* extension contains method 1..1 and item 1..*
* extension[method].value[x] only code
* extension[method].valueCode from ScoreMethods (required)
* extension[item].value[x] only string
* extension[item] ^short = "Link id of a question that counts"

Extension: ExtractedLabel
Id: extracted-label
Title: "Extracted Label"
Description: "The security label of what is extracted from an answer."
Context: Questionnaire.item
* value[x] only Coding
* value[x] 1..1

CodeSystem: ScoreMethodCodes
Id: score-method
Title: "Score Methods"
Description: "How a score is computed."
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* ^valueSet = "https://tenderpoint.org/fhir/ValueSet/score-method"
* ^property[0].code = #source
* ^property[0].description = "Where the word comes from, and what was found, or not, when a standard code was looked for."
* ^property[0].type = #string
* #mean "Mean" "The mean of the answers, rounded to one decimal place."
  * insert MeanSource
* #sum "Sum" "The sum of the answers."
  * insert SumSource

RuleSet: MeanSource
* ^property[0].code = #source
* ^property[0].valueString = "Product definition; PEG is scored so (Krebs 2009, J Gen Intern Med)."

RuleSet: SumSource
* ^property[0].code = #source
* ^property[0].valueString = "Product definition; PHQ-4 is scored so."

ValueSet: ScoreMethods
Id: score-method
Title: "Score Methods"
Description: "How a score is computed."
* ^experimental = false
* include codes from system ScoreMethodCodes
