package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;

/**
 * A resource type as the chart keeps it: whose it is, when it is released, when it happened, how it is found.
 *
 * @param <T> the HAPI class
 */
public final class RecordType<T extends Resource> {

    private static final Set<String> MAY_BE_NOBODYS = Set.of("Device", "Binary", "Provenance");

    private final String name;
    private final Class<T> resourceClass;
    private final Map<String, SearchParam<T>> params = new LinkedHashMap<>();
    private @Nullable Function<T, @Nullable Reference> patient;
    private Predicate<T> released = resource -> true;
    private Function<T, @Nullable Base> happened = resource -> null;
    private Set<String> patientParams = Set.of();
    private String mainDate = "";
    private boolean throughAnother;

    private RecordType(Class<T> resourceClass) {
        this.resourceClass = resourceClass;
        this.name = resourceClass.getSimpleName();
    }

    static <T extends Resource> RecordType<T> of(Class<T> resourceClass) {
        return new RecordType<>(resourceClass);
    }

    public String name() {
        return name;
    }

    public Class<T> resourceClass() {
        return resourceClass;
    }

    /** Directory types describe the practice world and belong to no patient. */
    public boolean isDirectory() {
        return AccessRule.DIRECTORY.contains(name);
    }

    /** The declared search parameters, without the ones that every type has. */
    public List<SearchParam<T>> params() {
        return List.copyOf(params.values());
    }

    Optional<SearchParam<T>> param(String paramName) {
        return Optional.ofNullable(params.get(paramName));
    }

    /** True if {@code param} points at the patient of the compartment, so that the patient's key answers it. */
    boolean namesThePatient(String param) {
        return patientParams.contains(param);
    }

    @SuppressWarnings("unchecked")
    Optional<Reference> patientOf(Resource resource) {
        return patient == null ? Optional.empty() : Optional.ofNullable(patient.apply((T) resource));
    }

    /** True if {@code param} is the main date, so that the row itself answers it. */
    boolean isMainDate(String param) {
        return mainDate.equals(param);
    }

    /** True where a resource belongs to the patient of what it is about. */
    boolean belongsThroughAnother() {
        return throughAnother;
    }

    /** True where a resource that names no patient makes no sense. */
    boolean needsAPatient() {
        return patient != null && !MAY_BE_NOBODYS.contains(name);
    }

    /** False for a draft, which stays inside the clinic that wrote it. */
    @SuppressWarnings("unchecked")
    boolean isReleased(Resource resource) {
        return released.test((T) resource);
    }

    @SuppressWarnings("unchecked")
    Optional<Base> happened(Resource resource) {
        return Optional.ofNullable(happened.apply((T) resource));
    }

    /** Declares the patient whose compartment a resource of this type is in, and the parameters that find it so. */
    RecordType<T> patient(Function<T, @Nullable Reference> getter, String... paramNames) {
        this.patient = getter;
        this.patientParams = Set.of(paramNames);
        for (var paramName : paramNames) {
            add(paramName, SearchParamType.REFERENCE, "The patient", Set.of("Patient"), one(getter::apply));
        }
        return this;
    }

    /** Declares that a resource of this type belongs to the patient of the resource it is about. */
    RecordType<T> patientOfTarget(Function<T, @Nullable Reference> getter) {
        this.throughAnother = true;
        return patient(getter);
    }

    /** Declares when a resource of this type is no draft any more. */
    RecordType<T> releasedWhen(Predicate<T> test) {
        this.released = test;
        return this;
    }

    /** Declares the main date: a search parameter, and the order in which a record is read. */
    RecordType<T> happened(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        this.happened = getter;
        this.mainDate = paramName;
        return date(paramName, documentation, getter);
    }

    RecordType<T> token(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.TOKEN, documentation, Set.of(), one(getter));
    }

    RecordType<T> tokens(String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.TOKEN, documentation, Set.of(), getter);
    }

    RecordType<T> reference(
            String paramName, String documentation, Set<String> targets, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.REFERENCE, documentation, targets, one(getter));
    }

    RecordType<T> references(
            String paramName,
            String documentation,
            Set<String> targets,
            Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.REFERENCE, documentation, targets, getter);
    }

    RecordType<T> date(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.DATE, documentation, Set.of(), one(getter));
    }

    RecordType<T> dates(String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.DATE, documentation, Set.of(), getter);
    }

    RecordType<T> quantity(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.QUANTITY, documentation, Set.of(), one(getter));
    }

    RecordType<T> strings(String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.STRING, documentation, Set.of(), getter);
    }

    RecordType<T> string(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.STRING, documentation, Set.of(), one(getter));
    }

    RecordType<T> uri(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return add(paramName, SearchParamType.URI, documentation, Set.of(), one(getter));
    }

    private RecordType<T> add(
            String paramName,
            SearchParamType kind,
            String documentation,
            Set<String> targets,
            Function<T, ? extends List<? extends Base>> values) {
        var before = params.put(paramName, new SearchParam<>(paramName, kind, documentation, targets, values));
        if (before != null) {
            throw new IllegalStateException("search parameter declared twice: " + name + "." + paramName);
        }
        return this;
    }

    private static <T> Function<T, List<Base>> one(Function<T, @Nullable Base> getter) {
        return resource -> {
            var value = getter.apply(resource);
            return value == null ? Collections.emptyList() : List.of(value);
        };
    }

    /** Joins the values of several elements into one list. */
    @SafeVarargs
    static List<Base> all(List<? extends Base>... lists) {
        var joined = new ArrayList<Base>();
        for (var list : lists) {
            joined.addAll(list);
        }
        return joined;
    }

    /** A date that may stand in several forms; only the dated ones count. */
    static @Nullable Base dated(@Nullable Type value) {
        return value instanceof org.hl7.fhir.r4.model.Period
                        || value instanceof DateTimeType
                        || value instanceof org.hl7.fhir.r4.model.InstantType
                        || value instanceof org.hl7.fhir.r4.model.DateType
                        || value instanceof org.hl7.fhir.r4.model.Timing
                ? value
                : null;
    }
}
