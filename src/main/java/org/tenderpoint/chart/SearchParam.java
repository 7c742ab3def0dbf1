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
 * @param kind token, reference, date, quantity, string, uri or composite
 * @param documentation one sentence for the capability statement
 * @param targets resource types that a reference may point to, none for any; empty for other kinds
 * @param source where its index rows come from
 * @param members the parameters of the same type that it is put together from; empty for most
 * @param values reads the indexed elements from a resource, by the part of the resource they stand in: 0 for the resource
 *     itself, 1 for its first component, and so on; elements without content are passed over
 */
public record SearchParam<T extends Resource>(
        String name,
        SearchParamType kind,
        String documentation,
        Set<String> targets,
        Source source,
        List<String> members,
        Function<T, ? extends List<? extends List<? extends Base>>> values) {

    /** Where the index rows come from that answer a parameter. */
    enum Source {
        /** Rows of its own. */
        OWN,
        /** Rows of its own in the table of URIs: a reference by canonical URL. */
        CANONICAL,
        /** The key of the patient that stands in every row. */
        PATIENT,
        /** The rows of its members, any of which may match. */
        ANY_MEMBER,
        /** The rows of its members, which have to match in the same part of the resource. */
        SAME_PART
    }

    public SearchParam {
        targets = Set.copyOf(targets);
        members = List.copyOf(members);
    }

    /** True for a reference to a resource of this chart, which chains, {@code _has} and includes can follow. */
    public boolean leadsToResources() {
        return kind == SearchParamType.REFERENCE && source != Source.CANONICAL;
    }

    /** True where the index keeps rows under this parameter's own number. */
    boolean hasRows() {
        return source == Source.OWN || source == Source.CANONICAL;
    }

    @SuppressWarnings("unchecked")
    List<? extends List<? extends Base>> valuesOf(Resource resource) {
        return values.apply((T) resource);
    }
}
