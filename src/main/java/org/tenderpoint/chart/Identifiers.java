package org.tenderpoint.chart;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** The identifiers of a resource, in the form in which conditions name them. */
public final class Identifiers {

    /** What stands between the type and the identifier in a condition. */
    static final String CONDITION = "?identifier=";

    private Identifiers() {}

    /**
     * True if the resource has the identifier.
     *
     * @param condition {@code system|value}, or {@code value} alone
     */
    public static boolean has(Resource resource, String condition) {
        return of(resource).contains(condition);
    }

    /** The keys under which a conditional create of this resource may have claimed it. */
    static Set<String> keys(Resource resource) {
        var keys = new HashSet<String>();
        of(resource).forEach(identifier -> keys.add(resource.fhirType() + CONDITION + identifier));
        return keys;
    }

    private static Set<String> of(Resource resource) {
        var forms = new HashSet<String>();
        var property = resource.getNamedProperty("identifier");
        for (var value : property == null ? List.<org.hl7.fhir.r4.model.Base>of() : property.getValues()) {
            if (value instanceof Identifier identifier && identifier.hasValue()) {
                forms.add(identifier.getValue());
                if (identifier.hasSystem()) {
                    forms.add(identifier.getSystem() + "|" + identifier.getValue());
                }
            }
        }
        return forms;
    }
}
