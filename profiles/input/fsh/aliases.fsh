// Names for the code systems and extensions that several rooms use.

Alias: $massage = https://tenderpoint.org/fhir/CodeSystem/massage
Alias: $session-phase = https://tenderpoint.org/fhir/CodeSystem/session-phase
Alias: $summary-class = https://tenderpoint.org/fhir/CodeSystem/summary-class

Alias: $loinc = http://loinc.org
Alias: $sct = http://snomed.info/sct
Alias: $ucum = http://unitsofmeasure.org
Alias: $cpt = http://www.ama-assn.org/go/cpt
Alias: $icd10cm = http://hl7.org/fhir/sid/icd-10-cm
Alias: $nucc = http://nucc.org/provider-taxonomy
Alias: $npi = http://hl7.org/fhir/sid/us-npi

Alias: $v2-0203 = http://terminology.hl7.org/CodeSystem/v2-0203
Alias: $v3-ActCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $task-code = http://hl7.org/fhir/CodeSystem/task-code
Alias: $observation-category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $goal-category = http://terminology.hl7.org/CodeSystem/goal-category
Alias: $condition-clinical = http://terminology.hl7.org/CodeSystem/condition-clinical
Alias: $condition-ver-status = http://terminology.hl7.org/CodeSystem/condition-ver-status
Alias: $us-core-careplan-category = http://hl7.org/fhir/us/core/CodeSystem/careplan-category

Alias: $bser-business-status = http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS
// The BSeR feedback profile fixes this address as the system of its section codes, not the one of its CodeSystem.
Alias: $bser-section = http://hl7.org/fhir/us/bser/ImplementationGuide/hl7.fhir.us.bser
