// Room: triggerpoint. A trigger point as data: muscle, side, state and where it sends pain.

Profile: TenderpointTriggerPoint
Parent: Observation
Id: trigger-point
Title: "Trigger Point Finding"
Description: "A trigger point found by palpation in one muscle on one side."
* obeys tp-triggerpoint-1 and tp-triggerpoint-2 and tp-triggerpoint-3
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code = $massage#trigger-point
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* performer MS
* value[x] 0..0
* bodySite 1..1 MS
  * ^short = "The muscle"
* method MS
* component MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open
* component contains
    side 1..1 MS and
    state 1..1 MS and
    referralZone 0..* MS and
    reproducesFamiliarPain 0..1 MS and
    twitchResponse 0..1 MS and
    tautBand 0..1 MS and
    tenderness 0..1 MS and
    ppt 0..1 MS
* component[side]
  * code = $massage#side
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from Laterality (required)
* component[state]
  * code = $massage#state
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from TriggerPointStates (required)
* component[referralZone]
  * code = $massage#referral-zone
  * value[x] 1..1
  * value[x] only CodeableConcept
* component[reproducesFamiliarPain]
  * code = $massage#reproduces-familiar-pain
  * value[x] only boolean
* component[twitchResponse]
  * code = $massage#twitch-response
  * value[x] only boolean
* component[tautBand]
  * code = $massage#taut-band
  * value[x] only boolean
* component[tenderness]
  * code = $sct#247348008
  * value[x] only integer
* component[ppt]
  * code = $massage#ppt
  * value[x] only Quantity
  * valueQuantity
    * value 1..1
    * system 1..1
    * system = $ucum
    * code 1..1
    * code = #kPa

Invariant: tp-triggerpoint-1
Description: "A trigger point that brings back the pain the patient knows is by definition active, not latent."
Severity: #warning
Expression: "component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'reproduces-familiar-pain').exists()).value.ofType(boolean).where($this = true).exists() implies component.value.ofType(CodeableConcept).coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'latent-trigger-point').empty()"

Invariant: tp-triggerpoint-2
Description: "Tenderness is graded from 0 to 4."
Severity: #error
Expression: "component.where(code.coding.where(system = 'http://snomed.info/sct' and code = '247348008').exists()).value.ofType(integer).all($this >= 0 and $this <= 4)"

Invariant: tp-triggerpoint-3
Description: "A pressure pain threshold is more than 0 and at most 2000 kilopascals."
Severity: #error
Expression: "component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'ppt').exists()).value.ofType(Quantity).value.all($this > 0 and $this <= 2000)"

ValueSet: TriggerPointStates
Id: trigger-point-state
Title: "Trigger Point States"
Description: "Active or latent."
* ^experimental = false
* MassageCodes#active-trigger-point
* MassageCodes#latent-trigger-point

// Examples

RuleSet: TriggerPointExample
* insert Invented
* status = #final
* category = $observation-category#exam
* code = $massage#trigger-point
* subject = Reference(ana)
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-20T10:12:00Z"
* performer = Reference(massage-therapist)
* method = $sct#113011001

Instance: tp-triggerpoint-1-pass
InstanceOf: TenderpointTriggerPoint
Usage: #example
Title: "Active trigger point in the right trapezius"
Description: "It sends pain to the head and brings back the pain the patient knows."
* insert TriggerPointExample
* bodySite = $sct#31764008
* component[side].valueCodeableConcept = $sct#24028007 "Right"
* component[state].valueCodeableConcept = $massage#active-trigger-point
* component[referralZone].valueCodeableConcept = $sct#69536005
* component[reproducesFamiliarPain].valueBoolean = true
* component[tautBand].valueBoolean = true
* component[tenderness].valueInteger = 3

Instance: tp-triggerpoint-2-pass
InstanceOf: TenderpointTriggerPoint
Usage: #example
Title: "Latent trigger point"
Description: "Tender at the highest grade, but only under pressure."
* insert TriggerPointExample
* bodySite = $sct#22823000
* component[side].valueCodeableConcept = $sct#7771000 "Left"
* component[state].valueCodeableConcept = $massage#latent-trigger-point
* component[reproducesFamiliarPain].valueBoolean = false
* component[tenderness].valueInteger = 4

Instance: tp-triggerpoint-3-pass
InstanceOf: TenderpointTriggerPoint
Usage: #example
Title: "Trigger point with threshold"
Description: "The pressure pain threshold was measured with an algometer."
* insert TriggerPointExample
* bodySite = $sct#31764008
* component[side].valueCodeableConcept = $sct#7771000 "Left"
* component[state].valueCodeableConcept = $massage#active-trigger-point
* component[ppt].valueQuantity = 210 'kPa' "kPa"
