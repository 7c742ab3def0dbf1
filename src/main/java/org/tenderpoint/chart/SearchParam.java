package org.tenderpoint.chart;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;

/**
 * A search parameter, declared once: the capability statement, the index writer and the query compiler read this.
 *
 * @param <T> the resource type it is declared on
 * @param name name in a search URL
 * @param kind token, reference, date, quantity, string or uri
 * @param documentation one sentence for the capability statement
 * @param targets resource types that a reference may point to; empty for other kinds
 * @param values reads the indexed elements from a resource; elements without content are passed over
 */
public record SearchParam<T extends Resource>(
        String name,
        SearchParamType kind,
        String documentation,
        Set<String> targets,
        Function<T, ? extends List<? extends Base>> values) {

    public SearchParam {
        targets = Set.copyOf(targets);
    }

    @SuppressWarnings("unchecked")
    List<? extends Base> valuesOf(Resource resource) {
        return values.apply((T) resource);
    }
}
