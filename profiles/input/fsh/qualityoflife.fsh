// Room: qualityoflife. A PROMIS T score of global physical or mental health.

Profile: TenderpointQualityOfLife
Parent: Observation
Id: quality-of-life
Title: "Quality of Life Score"
Description: "A PROMIS T score of global physical or mental health."
* obeys tp-qualityoflife-1
* insert Measured
* code from QualityOfLifeCodes (required)
* insert QuantityIn({score})

Invariant: tp-qualityoflife-1
Description: "A T score lies between 0 and 100."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 100)"

ValueSet: QualityOfLifeCodes
Id: quality-of-life-codes
Title: "Quality of Life Score Codes"
Description: "What is scored."
* ^experimental = false
* insert LoincNotice
* $loinc#71971-6
* $loinc#71969-0

// Examples

Instance: tp-qualityoflife-1-pass
InstanceOf: TenderpointQualityOfLife
Usage: #example
Title: "Quality of Life Score"
Description: "Within its range."
* insert SurveyExample
* code = $loinc#71971-6
* valueQuantity = 44 '{score}' "{score}"
