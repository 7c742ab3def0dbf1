package org.tenderpoint.profile;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/**
 * What a rule or a summary goes by has a value, and stands once. FHIR lets a status or a number be an extension alone, and
 * an extension stand twice; whoever reads such a record by its values has nothing, or two, in its hand. Texts, and dates of
 * what others tell, may lack a value with its reason, as US Core wants it.
 */
@Component
final class PresenceRule implements WriteRule {

    private static final String OURS = "https://tenderpoint.org/fhir/StructureDefinition/";
    private static final Set<String> ONCE = Set.of(
            OURS + "technique-minutes",
            OURS + "side",
            OURS + "session-phase",
            OURS + "restricted-by",
            "http://hl7.org/fhir/StructureDefinition/condition-assertedDate");

    private static final Set<String> NEEDED =
            Set.of("code", "boolean", "integer", "positiveInt", "unsignedInt", "decimal", "canonical", "instant");
    private static final Set<String> DATES = Set.of("date", "dateTime");
    private static final Set<String> TOLD = Set.of("Patient", "RelatedPerson", "Practitioner", "Condition");

    /** How HAPI ends the name of an element of several types. */
    private static final String CHOICE = "[x]";

    private final FhirContext fhir;

    PresenceRule(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** The other rules may take for granted what this one asks for. */
    @Override
    public boolean isFirst() {
        return true;
    }

    /** Where an element stands. Every write visits hundreds of them, so the words are made only where there is an issue. */
    private record Place(@Nullable Place above, String name, int index) {

        /** @param index of a value; below zero for an element that stands once */
        String path() {
            return (above == null ? "" : above.path() + ".") + name + (index < 0 ? "" : "[" + index + "]");
        }
    }

    @Override
    public List<Issue> check(Write write) {
        var issues = new ArrayList<Issue>();
        look(
                write.resource(),
                new Place(null, write.path(), -1),
                !TOLD.contains(write.resource().fhirType()),
                issues);
        return issues;
    }

    private void look(IBase element, Place place, boolean needsDates, List<Issue> issues) {
        var definition = element instanceof IBaseResource resource
                ? fhir.getResourceDefinition(resource)
                : fhir.getElementDefinition(element.getClass());
        if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return;
        }
        for (var child : composite.getChildrenAndExtension()) {
            var values = child.getAccessor().getValues(element);
            for (int i = 0; i < values.size(); i++) {
                var value = values.get(i);
                if (value instanceof PrimitiveType<?> primitive) {
                    if (lacksValue(primitive, needsDates)) {
                        issues.add(missing(place(place, child, i).path()));
                    }
                } else {
                    var at = place(place, child, i);
                    if (value instanceof Quantity quantity && !quantity.hasValue() && !quantity.isEmpty()) {
                        issues.add(missing(at.path() + ".value"));
                    }
                    look(value, at, needsDates, issues);
                }
            }
            once(values, place, issues);
        }
    }

    private static Place place(Place above, BaseRuntimeChildDefinition child, int index) {
        var name = child.getElementName();
        return new Place(
                above,
                name.endsWith(CHOICE) ? name.substring(0, name.length() - CHOICE.length()) : name,
                child.getMax() == 1 ? -1 : index);
    }

    private static boolean lacksValue(PrimitiveType<?> primitive, boolean needsDates) {
        if (primitive.hasValue() || primitive.isEmpty()) {
            return false;
        }
        var type = primitive.fhirType();
        return NEEDED.contains(type) || (needsDates && DATES.contains(type));
    }

    private static void once(List<? extends IBase> values, Place place, List<Issue> issues) {
        if (values.size() > 1 && values.get(0) instanceof Extension) {
            var seen = new HashSet<String>();
            for (int i = 0; i < values.size(); i++) {
                var url = ((Extension) values.get(i)).getUrl();
                if (ONCE.contains(url) && !seen.add(url)) {
                    issues.add(Issue.value(
                            "extension-repeated",
                            place.path() + ".extension[" + i + "]",
                            "This extension stands once at an element; send one of the two."));
                }
            }
        }
    }

    private static Issue missing(String path) {
        return Issue.value(
                "value-missing",
                path,
                "An extension, or a unit, alone is no value here; send the value, or leave the element out.");
    }
}
