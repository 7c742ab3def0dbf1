package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tenderpoint.chart.OfficialParams.Official;

/**
 * The typed getters against the FHIRPath of the official definitions: on every fixture, every profile example, the whole
 * demonstration, the stored Synthea patients and each type filled in, both have to fill the index with the same rows.
 */
class ExtractorsTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** A parameter of each kind that has rows, under whose number all of that kind are compared. */
    private static final Map<SearchParamType, String> LIKE = Map.of(
            SearchParamType.TOKEN, "Observation.code",
            SearchParamType.REFERENCE, "Observation.encounter",
            SearchParamType.DATE, "Observation.date",
            SearchParamType.QUANTITY, "Observation.value-quantity",
            SearchParamType.STRING, "Observation.value-string",
            SearchParamType.URI, "DocumentReference.location");

    private final IFhirPath paths = FHIR.newFhirPath();
    private final Map<String, IFhirPath.IParsedExpression> expressions = new HashMap<>();
    private final ParamIds numbers = ParamIds.ofDeclared();

    @Test
    void gettersFindWhatTheOfficialExpressionsFind() {
        paths.setEvaluationContext(new ByTypeAlone());
        var resources = Examples.byType();
        var different = new TreeSet<String>();
        var without = new TreeSet<String>();

        for (var official : OfficialParams.all()) {
            var type = RecordTypes.find(official.type());
            var param = type.flatMap(known -> known.param(official.name()));
            if (param.isPresent()) {
                var name = official.type() + "." + official.name();
                without.add(name);
                for (var resource : resources.get(official.type())) {
                    var wanted = official(official, param.get(), resource);
                    var found = found(type.get(), param.get(), resource);
                    if (!wanted.equals(found)) {
                        different.add(name + ": " + wanted + " but " + found);
                    }
                    if (!wanted.isEmpty()) {
                        without.remove(name);
                    }
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(without)
                .as("parameters of which no resource here has a value")
                .isEmpty();
    }

    private Set<String> official(Official official, SearchParam<?> param, Resource resource) {
        var elements = evaluated(resource, official.expression());
        if (param.kind() != SearchParamType.COMPOSITE) {
            return rows(param, elements);
        }
        var type = RecordTypes.require(official.type());
        var pairs = new TreeSet<String>();
        for (var element : elements) {
            pairs.addAll(pairs(
                    rows(
                            member(type, param, 0),
                            evaluated(element, official.parts().get(0))),
                    rows(member(type, param, 1), evaluated(element, second(official)))));
        }
        return pairs;
    }

    /** The parameter that the composite names finds the text of a coded value, too; see the notes on the specification. */
    private static String second(Official official) {
        return official.parts().get(1)
                + (official.name().equals("code-value-string") ? " | value.as(CodeableConcept).text" : "");
    }

    private Set<String> found(RecordType<?> type, SearchParam<?> param, Resource resource) {
        if (param.kind() != SearchParamType.COMPOSITE) {
            return rows(
                    param,
                    parts(type, param, resource).stream().flatMap(List::stream).toList());
        }
        var firsts = parts(type, member(type, param, 0), resource);
        var seconds = parts(type, member(type, param, 1), resource);
        var pairs = new TreeSet<String>();
        for (int part = 0; part < Math.min(firsts.size(), seconds.size()); part++) {
            pairs.addAll(pairs(
                    rows(member(type, param, 0), firsts.get(part)), rows(member(type, param, 1), seconds.get(part))));
        }
        return pairs;
    }

    private static SearchParam<?> member(RecordType<?> type, SearchParam<?> composite, int number) {
        return type.param(composite.members().get(number)).orElseThrow();
    }

    private static Set<String> pairs(Set<String> firsts, Set<String> seconds) {
        var pairs = new TreeSet<String>();
        firsts.forEach(first -> seconds.forEach(second -> pairs.add(first + " " + second)));
        return pairs;
    }

    /** The values of a parameter by the part they stand in; those of its members where it has none of its own. */
    private static List<List<Base>> parts(RecordType<?> type, SearchParam<?> param, Resource resource) {
        var parts = new ArrayList<List<Base>>();
        if (param.source() == SearchParam.Source.ANY_MEMBER) {
            for (int number = 0; number < param.members().size(); number++) {
                var members = parts(type, member(type, param, number), resource);
                for (int part = 0; part < members.size(); part++) {
                    if (part == parts.size()) {
                        parts.add(new ArrayList<>());
                    }
                    members.get(part).stream()
                            .filter(value -> pointsAtOneOf(param.targets(), value))
                            .forEach(parts.get(part)::add);
                }
            }
        } else {
            param.valuesOf(resource)
                    .forEach(values ->
                            parts.add(values.stream().map(Base.class::cast).toList()));
        }
        return parts;
    }

    private static boolean pointsAtOneOf(Set<String> targets, Base value) {
        return targets.isEmpty()
                || (value instanceof Reference reference
                        && targets.contains(reference.getReference().split("/", -1)[0]));
    }

    /** The index rows that values lead to, without what they begin with. */
    private Set<String> rows(SearchParam<?> param, List<Base> values) {
        var rows = new IndexRows(numbers);
        var canonical = param.source() == SearchParam.Source.CANONICAL;
        var holder = RecordTypes.require(
                canonical ? "QuestionnaireResponse" : LIKE.get(param.kind()).split("\\.", 2)[0]);
        var like = holder.param(
                        canonical ? "questionnaire" : LIKE.get(param.kind()).split("\\.", 2)[1])
                .orElseThrow();
        rows.add(
                holder,
                like,
                List.of(values),
                1,
                reference -> reference.contains("/") ? Long.valueOf(reference.hashCode()) : null);
        var all = new TreeSet<String>();
        Stream.of(rows.tokens, rows.references, rows.dates, rows.quantities, rows.strings, rows.uris)
                .flatMap(List::stream)
                .forEach(row -> all.add(Arrays.toString(Arrays.copyOfRange(row, 3, row.length))));
        return all;
    }

    // Each alternative by itself: to join them the engine would compare quantities, for which it lacks UCUM.
    private List<Base> evaluated(Base element, String expression) {
        return Arrays.stream(expression.split(" \\| ", -1))
                .map(text -> expressions.computeIfAbsent(text, this::parsed))
                .flatMap(parsed -> paths.evaluate(element, parsed, Base.class).stream())
                .toList();
    }

    private IFhirPath.IParsedExpression parsed(String text) {
        try {
            return paths.parse(text);
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    /** Knows of a reference's target what the reference says: its type. */
    private static final class ByTypeAlone implements IFhirPathEvaluationContext {
        @Override
        public @Nullable IBase resolveReference(IIdType reference, @Nullable IBase context) {
            return reference.getResourceType() == null
                    ? null
                    : FHIR.getResourceDefinition(reference.getResourceType()).newInstance();
        }
    }
}
