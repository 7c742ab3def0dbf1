package org.tenderpoint.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.oracle.Search.Criterion;
import org.tenderpoint.oracle.Search.Include;

/** Searches whose values come from the record, or lie just beside what is there. */
final class RandomSearch {

    /** A parameter that may point at more types than this may point at anything, and a chain through it names the type. */
    private static final int ANYTHING = 30;

    private final Dice dice;
    private final Elements elements;
    private final Loaded loaded;
    private final Map<String, List<Resource>> all;
    private final Map<String, List<String>> params;
    private final RandomValues values;

    /**
     * @param params the parameters of each type that the server offers and R4 defines
     */
    RandomSearch(
            Dice dice, Elements elements, Loaded loaded, Map<String, List<String>> params, KnownValueSets valueSets) {
        this.dice = dice;
        this.elements = elements;
        this.loaded = loaded;
        this.all = loaded.all();
        this.params = params;
        this.values = new RandomValues(dice, elements, all, valueSets);
    }

    Search next() {
        var type = dice.of(List.copyOf(loaded.byType().keySet()));
        var criteria = new ArrayList<Criterion>();
        for (int i = dice.of(1, 1, 1, 2, 2, 3); i > 0; i--) {
            criteria.add(dice.in100(25) ? through(type, 2) : criterion(type));
        }
        var sort = dice.in100(40) ? dice.some(sortable(type), 3) : List.<String>of();
        var keys = sort.stream().map(key -> dice.in100(50) ? key : "-" + key).toList();
        var includes = dice.in100(35) ? includes(type) : List.<Include>of();
        return new Search(type, List.copyOf(criteria), keys, includes, dice.of(1, 3, 7, 50));
    }

    /**
     * One step over a reference.
     *
     * @param forward true where the resource points at the next one
     * @param source the type that points
     * @param target the type that is pointed at
     */
    private record Step(boolean forward, String source, String param, String target) {
        String next() {
            return forward ? target : source;
        }
    }

    /** The references of the record that lead from resources of a type, or to them. */
    private List<Step> steps(String type) {
        var forward = params.get(type).stream()
                .flatMap(param -> targetsOf(type, param).map(target -> new Step(true, type, param, target)));
        var backward = all.keySet().stream().flatMap(other -> params.get(other).stream()
                .filter(param -> targetsOf(other, param).anyMatch(type::equals))
                .map(param -> new Step(false, other, param, type)));
        return Stream.concat(forward, backward).toList();
    }

    /** What the other end of a reference has to fulfil. */
    private Criterion through(String type, int hops) {
        var steps = steps(type);
        if (steps.isEmpty()) {
            return criterion(type);
        }
        var step = dice.of(steps);
        var inner = hops > 1 && dice.in100(40) ? through(step.next(), hops - 1) : criterion(step.next());
        var way = step.forward()
                ? step.param() + (mayGoUnnamed(step) && dice.in100(30) ? "." : ":" + step.target() + ".")
                : "_has:" + step.source() + ":" + step.param() + ":";
        return new Criterion(way + inner.name(), inner.values());
    }

    private boolean mayGoUnnamed(Step step) {
        var declared =
                elements.definition(step.source(), step.param()).orElseThrow().getTargets();
        return targetsOf(step.source(), step.param()).count() == 1 && !declared.isEmpty() && declared.size() < ANYTHING;
    }

    private List<Include> includes(String type) {
        var includes = new ArrayList<Include>();
        var from = type;
        for (int i = dice.of(1, 1, 2, 3); i > 0; i--) {
            // What points at something around the record is not of the record alone.
            var steps = steps(from).stream()
                    .filter(step -> step.forward() || !loaded.around().containsKey(step.target()))
                    .toList();
            if (!steps.isEmpty()) {
                var step = dice.of(steps);
                var iterate = !from.equals(type) || dice.in100(30);
                var target = !step.forward() || dice.in100(30) ? step.target() : "";
                includes.add(new Include(!step.forward(), iterate, step.source(), step.param(), target));
                from = dice.in100(70) ? step.next() : type;
            }
        }
        return includes.stream().distinct().toList();
    }

    /** The types that a parameter really points at somewhere. */
    private Stream<String> targetsOf(String type, String param) {
        return elements.kind(type, param) != RestSearchParameterTypeEnum.REFERENCE
                ? Stream.of()
                : all.get(type).stream()
                        .flatMap(resource -> elements.of(resource, param).stream())
                        .filter(Reference.class::isInstance)
                        .map(element ->
                                ((Reference) element).getReferenceElement().getResourceType())
                        .filter(target -> target != null && all.containsKey(target))
                        .distinct()
                        .sorted();
    }

    /** A reference by canonical URL is no Reference. */
    private boolean mayCarryIdentifiers(String type, String param) {
        return all.get(type).stream()
                .flatMap(resource -> elements.of(resource, param).stream())
                .anyMatch(Reference.class::isInstance);
    }

    private List<String> sortable(String type) {
        var unsorted = Set.of(RestSearchParameterTypeEnum.REFERENCE, RestSearchParameterTypeEnum.COMPOSITE);
        return Stream.concat(
                        Stream.of("_id", "_lastUpdated"),
                        params.get(type).stream().filter(param -> !unsorted.contains(elements.kind(type, param))))
                .toList();
    }

    private Criterion criterion(String type) {
        if (dice.in100(4)) {
            return new Criterion(
                    "_id", List.of(dice.of(all.get(type)).getIdElement().getIdPart()));
        }
        var param = dice.of(params.get(type));
        var modifier = modifier(type, param);
        if (modifier.equals(":missing")) {
            return new Criterion(param + modifier, List.of(dice.of("true", "false")));
        }
        var several = new ArrayList<String>();
        for (int i = dice.of(1, 1, 1, 2, 3); i > 0; i--) {
            several.add(values.value(type, param, modifier));
        }
        return new Criterion(param + modifier, List.copyOf(several));
    }

    private String modifier(String type, String param) {
        var kind = elements.kind(type, param);
        if (kind == RestSearchParameterTypeEnum.COMPOSITE || !dice.in100(46)) {
            return "";
        }
        if (dice.in100(22)) {
            return ":missing";
        }
        return switch (kind) {
            case TOKEN ->
                param.equals("identifier") && dice.in100(60) ? ":of-type" : dice.of(":not", ":not", ":in", ":not-in");
            case STRING -> dice.of(":exact", ":contains");
            case URI -> dice.of(":below", ":above");
            case REFERENCE ->
                mayCarryIdentifiers(type, param) && dice.in100(50)
                        ? ":identifier"
                        : targetsOf(type, param)
                                .findFirst()
                                .map(target -> ":" + target)
                                .orElse("");
            default -> "";
        };
    }
}
