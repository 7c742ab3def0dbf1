package org.tenderpoint.chart;

import java.util.List;

/**
 * A search without its values: what decides the text of its statement, together with who asks. Two searches of one shape
 * differ in what is bound and in nothing else, because no value can get into the text by way of a shape.
 *
 * @param type what is searched
 * @param parts all must hold
 * @param sort keys in order
 * @param count rows a page
 */
record Shape(RecordType<?> type, List<Part> parts, List<Query.Sort> sort, int count) {

    /** A {@link Query.Criterion} without its values. */
    sealed interface Part permits Match, Chain, Has, InCompartment {}

    /**
     * @see Query.Match
     * @param forms any must match; none where no value can
     */
    record Match(String param, String modifier, List<Form> forms) implements Part {}

    /**
     * @see Query.Chain
     * @param hops to the types that the caller may search
     */
    record Chain(String param, List<Hop> hops) implements Part {}

    /** @see Query.Hop */
    record Hop(RecordType<?> type, Part part) {}

    /** @see Query.Has */
    record Has(RecordType<?> source, String param, Part part) implements Part {}

    /** @see Query.InCompartment */
    record InCompartment(Form patient) implements Part {}
}
