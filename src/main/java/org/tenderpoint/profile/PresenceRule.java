package org.tenderpoint.profile;

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

    private final FhirContext fhir;

    PresenceRule(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** The other rules may take for granted what this one asks for. */
    @Override
    public boolean isFirst() {
        return true;
    }

    @Override
    public List<Issue> check(Write write) {
        var issues = new ArrayList<Issue>();
        look(write.resource(), write.path(), !TOLD.contains(write.resource().fhirType()), issues);
        return issues;
    }

    private void look(IBase element, String path, boolean needsDates, List<Issue> issues) {
        var definition = element instanceof IBaseResource resource
                ? fhir.getResourceDefinition(resource)
                : fhir.getElementDefinition(element.getClass());
        if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return;
        }
        for (var child : composite.getChildrenAndExtension()) {
            var values = child.getAccessor().getValues(element);
            for (int i = 0; i < values.size(); i++) {
                var at = path + "." + child.getElementName().replace("[x]", "")
                        + (child.getMax() == 1 ? "" : "[" + i + "]");
                var value = values.get(i);
                if (value instanceof PrimitiveType<?> primitive) {
                    primitive(primitive, at, needsDates, issues);
                } else {
                    if (value instanceof Quantity quantity && !quantity.hasValue() && !quantity.isEmpty()) {
                        issues.add(missing(at + ".value"));
                    }
                    look(value, at, needsDates, issues);
                }
            }
            once(values, path, issues);
        }
    }

    private static void primitive(PrimitiveType<?> primitive, String at, boolean needsDates, List<Issue> issues) {
        if (!primitive.hasValue() && !primitive.isEmpty()) {
            var type = primitive.fhirType();
            if (NEEDED.contains(type) || (needsDates && DATES.contains(type))) {
                issues.add(missing(at));
            }
        }
    }

    private static void once(List<? extends IBase> values, String path, List<Issue> issues) {
        if (values.size() > 1 && values.get(0) instanceof Extension) {
            var seen = new HashSet<String>();
            for (int i = 0; i < values.size(); i++) {
                var url = ((Extension) values.get(i)).getUrl();
                if (ONCE.contains(url) && !seen.add(url)) {
                    issues.add(Issue.value(
                            "extension-repeated",
                            path + ".extension[" + i + "]",
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
