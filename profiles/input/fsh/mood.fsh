// Room: mood. Totals of short questionnaires about mood; labelled, so that they stay with those who treat.

Profile: TenderpointMoodScore
Parent: Observation
Id: mood-score
Title: "Mood Score"
Description: "A total of PHQ-2, PHQ-4, PHQ-9, GAD-2 or GAD-7. The label keeps it out of what referrers and payers read."
* obeys tp-mood-1 and tp-mood-2
* meta.security 1..* MS
* insert Measured
* code from MoodScoreCodes (required)
* insert QuantityIn({score})

Invariant: tp-mood-1
Description: "A mood score has the security label PSY."
Severity: #error
Expression: "meta.security.where(system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode' and code = 'PSY').exists()"

Invariant: tp-mood-2
Description: "PHQ-9 goes from 0 to 27, GAD-7 to 21, PHQ-4 to 12, PHQ-2 and GAD-2 to 6."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 27) and (code.coding.where(system = 'http://loinc.org' and code = '70274-6').exists() implies value.ofType(Quantity).value.all($this <= 21)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'phq-4').exists() implies value.ofType(Quantity).value.all($this <= 12)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'gad-2').exists() or code.coding.where(system = 'http://loinc.org' and code = '55758-7').exists() implies value.ofType(Quantity).value.all($this <= 6))"

ValueSet: MoodScoreCodes
Id: mood-score-codes
Title: "Mood Scores"
Description: "Totals of short mood questionnaires."
* ^experimental = false
* insert LoincNotice
* $loinc#44261-6
* $loinc#55758-7
* $loinc#70274-6
* MassageCodes#gad-2
* MassageCodes#phq-4

// Examples

Instance: tp-mood-1-pass
InstanceOf: TenderpointMoodScore
Usage: #example
Title: "PHQ-4 of 7"
Description: "With its label."
* insert SurveyExample
* meta.security = $v3-ActCode#PSY
* code = $massage#phq-4
* valueQuantity = 7 '{score}' "{score}"

Instance: tp-mood-2-pass
InstanceOf: TenderpointMoodScore
Usage: #example
Title: "PHQ-9 of 12"
Description: "With its label."
* insert SurveyExample
* meta.security = $v3-ActCode#PSY
* code = $loinc#44261-6
* valueQuantity = 12 '{score}' "{score}"
