// Room: sleep. A PROMIS sleep T score, the Pittsburgh Sleep Quality Index, or sleep quality from 0 to 10.

Profile: TenderpointSleepScore
Parent: Observation
Id: sleep-score
Title: "Sleep Score"
Description: "A PROMIS sleep T score, the Pittsburgh Sleep Quality Index, or sleep quality from 0 to 10."
* obeys tp-sleep-1
* insert Measured
* code from SleepScoreCodes (required)
* insert QuantityIn({score})

Invariant: tp-sleep-1
Description: "T scores lie between 0 and 100, the Pittsburgh index between 0 and 21, sleep quality between 0 and 10."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 100) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'psqi').exists() implies value.ofType(Quantity).value.all($this <= 21)) and (code.coding.where(system = 'http://snomed.info/sct' and code = '248254009').exists() implies value.ofType(Quantity).value.all($this <= 10))"

ValueSet: SleepScoreCodes
Id: sleep-score-codes
Title: "Sleep Score Codes"
Description: "What is scored."
* ^experimental = false
* insert LoincNotice
* $loinc#71955-9
* MassageCodes#psqi
* $sct#248254009

// Examples

Instance: tp-sleep-1-pass
InstanceOf: TenderpointSleepScore
Usage: #example
Title: "Sleep Score"
Description: "Within its range."
* insert SurveyExample
* code = $massage#psqi
* valueQuantity = 9 '{score}' "{score}"
