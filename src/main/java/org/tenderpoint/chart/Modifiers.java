package org.tenderpoint.chart;

import java.util.Optional;
import java.util.Set;
import org.tenderpoint.chart.SearchParam.Source;
import org.tenderpoint.issue.Refused;

/** Which modifiers a parameter takes. What is not offered is refused, as the specification asks, and never left out. */
final class Modifiers {

    static final String MISSING = "missing";
    private static final Set<String> OF_TOKENS = Set.of("not", "in", "not-in", MISSING);
    private static final Set<String> OF_STRINGS = Set.of("exact", "contains", MISSING);
    private static final Set<String> OF_URIS = Set.of("below", "above", MISSING);
    private static final Set<String> OF_OTHERS = Set.of(MISSING);

    private Modifiers() {}

    /** @throws Refused 400 that names the parameter and its modifier */
    static void check(RecordType<?> type, String param, String modifier) {
        if (modifier.isEmpty()) {
            return;
        }
        var declared = type.param(param);
        var known = declared.isPresent()
                ? known(declared, modifier)
                : ofEveryType(param).contains(modifier);
        if (!known) {
            throw QueryReader.invalid(
                    "search-modifier-unknown",
                    param + ":" + modifier,
                    "This modifier is not offered for this parameter.");
        }
    }

    private static boolean known(Optional<? extends SearchParam<?>> declared, String modifier) {
        var param = declared.orElseThrow();
        return switch (param.kind()) {
            case TOKEN ->
                OF_TOKENS.contains(modifier)
                        || (modifier.equals("of-type") && param.name().equals(ParamIds.TYPED));
            case STRING -> OF_STRINGS.contains(modifier);
            case URI -> OF_URIS.contains(modifier);
            case REFERENCE ->
                modifier.equals(MISSING) || (param.source() != Source.CANONICAL && ofReference(param, modifier));
            case COMPOSITE -> false;
            default -> OF_OTHERS.contains(modifier);
        };
    }

    private static boolean ofReference(SearchParam<?> param, String modifier) {
        return modifier.equals("identifier") || mayPointAt(param, modifier);
    }

    /** True if a reference parameter may lead to that type. */
    static boolean mayPointAt(SearchParam<?> param, String type) {
        return param.targets().isEmpty()
                ? RecordTypes.find(type).isPresent()
                : param.targets().contains(type);
    }

    private static Set<String> ofEveryType(String param) {
        return switch (param) {
            case "_tag", "_security" -> OF_TOKENS;
            case "_profile", "_source" -> OF_URIS;
            case "_id" -> Set.of("not");
            default -> Set.of();
        };
    }
}
