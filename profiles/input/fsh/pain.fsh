// Room: pain. The 0-10 rating of pain, and the moment of care it belongs to.

Profile: TenderpointPainSeverity
Parent: Observation
Id: pain-severity
Title: "Pain Severity 0-10"
Description: "A pain rating from 0 to 10. It is written as a Quantity; whole numbers and LOINC answers from other systems are accepted."
* obeys tp-pain-1 and tp-pain-2 and tp-pain-3 and tp-pain-4
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code 1..1 MS
  * coding
    * ^slicing.discriminator.type = #pattern
    * ^slicing.discriminator.path = "$this"
    * ^slicing.rules = #open
* code.coding contains loinc 1..1 MS and snomed 0..1 MS
* code.coding[loinc] = $loinc#72514-3
* code.coding[snomed] = $sct#225908003
  * ^short = "Second coding, so that readers of SNOMED CT find the score too"
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* performer MS
* value[x] MS
* value[x] only Quantity or integer or CodeableConcept
* valueQuantity MS
  * value 1..1 MS
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #{score}
* valueInteger MS
* valueCodeableConcept MS
* valueCodeableConcept from PainScoreAnswers (required)
* dataAbsentReason MS
* bodySite MS

Invariant: tp-pain-1
Description: "A pain score lies between 0 and 10."
Severity: #error
Expression: "(value.ofType(Quantity).exists() implies (value.ofType(Quantity).value >= 0 and value.ofType(Quantity).value <= 10)) and (value.ofType(integer).exists() implies (value.ofType(integer) >= 0 and value.ofType(integer) <= 10))"

Invariant: tp-pain-2
Description: "A pain score without a value says why it has none."
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

Invariant: tp-pain-3
Description: "A pain score on this scale is a whole number."
Severity: #error
Expression: "value.ofType(Quantity).value.exists() implies value.ofType(Quantity).value mod 1 = 0"

Invariant: tp-pain-4
Description: "A pain score taken in a visit should say whether it was taken before or after treatment; otherwise the two cannot be paired."
Severity: #warning
Expression: "encounter.exists() implies extension('https://tenderpoint.org/fhir/StructureDefinition/session-phase').exists()"

Extension: SessionPhase
Id: session-phase
Title: "Session Phase"
Description: "The moment of care an observation belongs to, for example before or after the treatment of a visit."
Context: Observation, QuestionnaireResponse, Questionnaire.item
* value[x] only code
* value[x] 1..1
* valueCode from SessionPhases (required)

CodeSystem: SessionPhaseCodes
Id: session-phase
Title: "Session Phase Codes"
Description: "Moments of care at which something is observed."
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* ^valueSet = "https://tenderpoint.org/fhir/ValueSet/session-phase"
* ^property[0].code = #source
* ^property[0].description = "Where the word comes from, and what was found, or not, when a standard code was looked for."
* ^property[0].type = #string
* #intake "Intake" "At intake, before the first treatment."
  * insert PhaseSource
* #pre "Before treatment" "In a visit, before the treatment."
  * insert PhaseSource
* #post "After treatment" "In a visit, after the treatment."
  * insert PhaseSource
* #24h "A day later" "About twenty-four hours after the treatment, told by the patient."
  * insert PhaseSource
* #diary "Diary" "Kept by the patient between visits."
  * insert PhaseSource
* #reassessment "Reassessment" "At a planned reassessment."
  * insert PhaseSource
* #discharge "Discharge" "At the end of care."
  * insert PhaseSource

RuleSet: PhaseSource
* ^property[0].code = #source
* ^property[0].valueString = "Product definition: without the moment, values before and after the work cannot be paired; no code was found."

ValueSet: SessionPhases
Id: session-phase
Title: "Session Phases"
Description: "All session phases."
* ^experimental = false
* include codes from system SessionPhaseCodes

ValueSet: PainScoreAnswers
Id: pain-score-answers
Title: "Pain Score Answers"
Description: "The LOINC answers for 0 to 10, in order."
* ^experimental = false
* insert LoincNotice
* $loinc#LA6111-4
* $loinc#LA6112-2
* $loinc#LA6113-0
* $loinc#LA6114-8
* $loinc#LA6115-5
* $loinc#LA10137-0
* $loinc#LA10138-8
* $loinc#LA10139-6
* $loinc#LA10140-4
* $loinc#LA10141-2
* $loinc#LA13942-0

// Examples

RuleSet: PainExample
* insert Invented
* status = #final
* category = $observation-category#survey
* code.coding[loinc] = $loinc#72514-3 "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
* code.coding[snomed] = $sct#225908003 "Pain score"
* subject = Reference(ana)
* performer = Reference(ana)

Instance: tp-pain-1-pass
InstanceOf: TenderpointPainSeverity
Usage: #example
Title: "Pain before treatment"
Description: "Six of ten before the treatment."
* insert PainExample
* extension[sessionPhase].valueCode = #pre
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-20T10:05:00Z"
* valueQuantity = 6 '{score}' "{score}"

Instance: tp-pain-2-pass
InstanceOf: TenderpointPainSeverity
Usage: #example
Title: "Pain not asked"
Description: "The patient was asleep after the treatment and was not asked."
* insert PainExample
* extension[sessionPhase].valueCode = #post
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-20T10:55:00Z"
* dataAbsentReason = http://terminology.hl7.org/CodeSystem/data-absent-reason#not-asked

Instance: tp-pain-3-pass
InstanceOf: TenderpointPainSeverity
Usage: #example
Title: "Pain after treatment"
Description: "Three of ten after the treatment."
* insert PainExample
* extension[sessionPhase].valueCode = #post
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-20T10:55:00Z"
* valueQuantity = 3 '{score}' "{score}"

Instance: tp-pain-4-pass
InstanceOf: TenderpointPainSeverity
Usage: #example
Title: "Pain a day later"
Description: "A score from another system, as a LOINC answer, taken a day after the visit."
* insert PainExample
* extension[sessionPhase].valueCode = #24h
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-21T11:00:00Z"
* valueCodeableConcept = $loinc#LA6115-5

Instance: pain-severity-as-integer
InstanceOf: TenderpointPainSeverity
Usage: #example
Title: "Pain as a whole number"
Description: "A score as some patient applications send it: an integer, outside any visit."
* insert PainExample
* extension[sessionPhase].valueCode = #diary
* effectiveDateTime = "2026-01-23T20:00:00Z"
* valueInteger = 5
