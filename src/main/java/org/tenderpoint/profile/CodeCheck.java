package org.tenderpoint.profile;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;

/** Codes and units of what the record is made of: check digits, our own codes, displays, UCUM. Belongs to one resource. */
final class CodeCheck {

    private static final String SNOMED = "http://snomed.info/sct";
    private static final String LOINC = "http://loinc.org";
    private static final String UCUM = "http://unitsofmeasure.org";

    private final Terms terms;
    private final UcumUnits units;
    private final Names names;
    private final List<Issue> issues = new ArrayList<>();
    private boolean isEnglish = true;

    CodeCheck(Terms terms, UcumUnits units, Names names) {
        this.terms = terms;
        this.units = units;
        this.names = names;
    }

    List<Issue> of(Resource resource, String path) {
        // Names are known in English only. A resource that names no language is taken for one.
        isEnglish = !resource.hasLanguage() || resource.getLanguage().startsWith("en");
        if (resource instanceof Observation observation) {
            observation(observation, path);
        } else if (resource instanceof Procedure procedure) {
            concept(procedure.getCode(), path + ".code");
            concepts(procedure.getBodySite(), path + ".bodySite");
            extensions(procedure.getExtension(), path);
        } else if (resource instanceof Condition condition) {
            concept(condition.getCode(), path + ".code");
            concepts(condition.getBodySite(), path + ".bodySite");
        } else if (resource instanceof MedicationStatement statement) {
            value(statement.getMedication(), path + ".medication");
        } else if (resource instanceof AllergyIntolerance allergy) {
            concept(allergy.getCode(), path + ".code");
        } else if (resource instanceof ServiceRequest order) {
            concept(order.getCode(), path + ".code");
            concepts(order.getReasonCode(), path + ".reasonCode");
            concepts(order.getBodySite(), path + ".bodySite");
        } else if (resource instanceof Encounter visit) {
            concepts(visit.getType(), path + ".type");
        } else if (resource instanceof Goal goal) {
            for (int i = 0; i < goal.getTarget().size(); i++) {
                concept(goal.getTarget().get(i).getMeasure(), path + ".target[" + i + "].measure");
                value(goal.getTarget().get(i).getDetail(), path + ".target[" + i + "].detail");
            }
        } else if (resource instanceof CarePlan plan) {
            concepts(plan.getCategory(), path + ".category");
            for (int i = 0; i < plan.getActivity().size(); i++) {
                concept(plan.getActivity().get(i).getDetail().getCode(), path + ".activity[" + i + "].detail.code");
            }
        }
        return issues;
    }

    private void observation(Observation observation, String path) {
        concept(observation.getCode(), path + ".code");
        concepts(observation.getCategory(), path + ".category");
        value(observation.getValue(), path + ".value");
        concept(observation.getBodySite(), path + ".bodySite");
        concept(observation.getMethod(), path + ".method");
        for (int i = 0; i < observation.getComponent().size(); i++) {
            var at = path + ".component[" + i + "]";
            concept(observation.getComponent().get(i).getCode(), at + ".code");
            value(observation.getComponent().get(i).getValue(), at + ".value");
        }
    }

    private void extensions(List<Extension> extensions, String path) {
        for (int i = 0; i < extensions.size(); i++) {
            value(extensions.get(i).getValue(), path + ".extension[" + i + "].value");
        }
    }

    private void value(@Nullable Type value, String path) {
        if (value instanceof CodeableConcept concept) {
            concept(concept, path);
        } else if (value instanceof Quantity quantity) {
            unit(quantity, path);
        } else if (value instanceof Range range) {
            unit(range.getLow(), path + ".low");
            unit(range.getHigh(), path + ".high");
        } else if (value instanceof Coding coding) {
            coding(coding, path);
        }
    }

    private void unit(Quantity quantity, String path) {
        if (UCUM.equals(quantity.getSystem()) && quantity.hasCode() && !units.isUnit(quantity.getCode())) {
            issues.add(Issue.value(
                    "unit-unknown",
                    path + ".code",
                    Issue.echo(quantity.getCode()) + " is no unit of UCUM; a score has {score}, minutes have min."));
        }
    }

    private void concepts(List<CodeableConcept> concepts, String path) {
        for (int i = 0; i < concepts.size(); i++) {
            concept(concepts.get(i), path + "[" + i + "]");
        }
    }

    private void concept(CodeableConcept concept, String path) {
        for (int i = 0; i < concept.getCoding().size(); i++) {
            coding(concept.getCoding().get(i), path + ".coding[" + i + "]");
        }
    }

    private void coding(Coding coding, String path) {
        var system = coding.getSystem();
        var code = coding.getCode();
        if (system == null || code == null) {
            return;
        }
        if ((system.equals(SNOMED) && !CheckDigits.isSnomed(code))
                || (system.equals(LOINC) && !code.startsWith("LA") && !CheckDigits.isLoinc(code))) {
            issues.add(Issue.value(
                    "code-check-digit",
                    path + ".code",
                    Issue.echo(code) + " has the wrong check digit, so it is no code of its system."));
        } else if (terms.isOurs(system) && !terms.isCode(system, code)) {
            issues.add(
                    Issue.value("code-unknown", path + ".code", Issue.echo(code) + " is no code of " + system + "."));
        } else if (coding.hasDisplay()) {
            display(system, code, coding.getDisplay(), path + ".display");
        }
    }

    private void display(String system, String code, String display, String path) {
        if (terms.isOfAnother(system, code, display)) {
            issues.add(Issue.value(
                    "display-contradicts-code",
                    path,
                    "The display is that of another code; send the code that is meant, or no display."));
        } else if (isEnglish && names.contradict(system, code, display)) {
            issues.add(Issue.value(
                    "display-contradicts-code",
                    path,
                    "The display is no name of this code; send the code that is meant, or no display, or, where it is not"
                            + " English, the language of the resource."));
        }
    }
}
