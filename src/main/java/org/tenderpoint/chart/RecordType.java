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
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.chart.SearchParam.Source;

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
        return param(param).filter(p -> p.source() == Source.PATIENT).isPresent();
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

    /** True where a resource may belong to a patient. */
    public boolean isInCompartments() {
        return name.equals("Patient") || patient != null;
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
        for (var paramName : paramNames) {
            add(new SearchParam<>(
                    paramName,
                    SearchParamType.REFERENCE,
                    "The patient",
                    Set.of("Patient"),
                    Source.PATIENT,
                    List.of(),
                    whole(one(getter::apply))));
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
        return tokens(paramName, documentation, one(getter));
    }

    RecordType<T> tokens(String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.TOKEN, documentation, Set.of(), getter);
    }

    RecordType<T> reference(
            String paramName, String documentation, Set<String> targets, Function<T, @Nullable Base> getter) {
        return references(paramName, documentation, targets, one(getter));
    }

    RecordType<T> references(
            String paramName,
            String documentation,
            Set<String> targets,
            Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.REFERENCE, documentation, targets, getter);
    }

    /** References by canonical URL, with or without a version behind a bar. */
    RecordType<T> canonicals(
            String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(new SearchParam<>(
                paramName,
                SearchParamType.REFERENCE,
                documentation,
                Set.of(),
                Source.CANONICAL,
                List.of(),
                whole(getter)));
    }

    RecordType<T> date(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return dates(paramName, documentation, one(getter));
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
        return strings(paramName, documentation, one(getter));
    }

    RecordType<T> uri(String paramName, String documentation, Function<T, @Nullable Base> getter) {
        return uris(paramName, documentation, one(getter));
    }

    RecordType<T> uris(String paramName, String documentation, Function<T, ? extends List<? extends Base>> getter) {
        return add(paramName, SearchParamType.URI, documentation, Set.of(), getter);
    }

    /**
     * Declares a parameter of the resource's components, whose values stay apart from each other.
     *
     * @param components the components in their order, the first of which is part 1
     */
    <C> RecordType<T> ofComponents(
            String paramName,
            SearchParamType kind,
            String documentation,
            Function<T, List<C>> components,
            Function<C, @Nullable Base> getter) {
        Function<C, List<Base>> single = one(getter);
        return add(new SearchParam<>(
                paramName, kind, documentation, Set.of(), Source.OWN, List.of(), resource -> Stream.concat(
                                Stream.of(List.<Base>of()),
                                components.apply(resource).stream().map(single))
                        .toList()));
    }

    /** Declares a parameter that matches where one of its members does; it needs no rows of its own. */
    RecordType<T> anyOf(String paramName, String documentation, String... members) {
        return combined(
                paramName, require(members[0]).kind(), documentation, Set.of(), Source.ANY_MEMBER, none(), members);
    }

    /** Declares a reference parameter that is other ones as far as they point at one type. */
    RecordType<T> pointingAt(String target, String paramName, String documentation, String... members) {
        var of = Stream.of(members).map(this::require).toList();
        return combined(
                paramName,
                SearchParamType.REFERENCE,
                documentation,
                Set.of(target),
                Source.ANY_MEMBER,
                // Its rows are the members'; what is read here are the identifiers that such references carry.
                whole(resource -> of.stream()
                        .flatMap(member -> member.valuesOf(resource).stream().flatMap(List::stream))
                        .filter(value -> value instanceof Reference reference
                                && reference.hasReference()
                                && reference.getReference().startsWith(target + "/"))
                        .toList()),
                members);
    }

    /** Declares a composite parameter: both members have to match, in the same component where there are components. */
    RecordType<T> composite(String paramName, String documentation, String first, String second) {
        return combined(
                paramName, SearchParamType.COMPOSITE, documentation, Set.of(), Source.SAME_PART, none(), first, second);
    }

    private RecordType<T> combined(
            String paramName,
            SearchParamType kind,
            String documentation,
            Set<String> targets,
            Source source,
            Function<T, List<List<? extends Base>>> values,
            String... members) {
        Stream.of(members).forEach(this::require);
        return add(new SearchParam<>(paramName, kind, documentation, targets, source, List.of(members), values));
    }

    private static <T> Function<T, List<List<? extends Base>>> none() {
        return resource -> List.of();
    }

    private SearchParam<T> require(String member) {
        return param(member)
                .orElseThrow(() -> new IllegalStateException("declared later or not at all: " + name + "." + member));
    }

    /** Declares the parameters that FHIR gives to every type with addresses. */
    RecordType<T> addresses(Function<T, List<Address>> getter) {
        return strings("address", "Any part of an address", getter)
                .strings("address-city", "City", r -> each(getter.apply(r), Address::getCityElement))
                .strings("address-state", "State", r -> each(getter.apply(r), Address::getStateElement))
                .strings("address-postalcode", "Postal code", r -> each(getter.apply(r), Address::getPostalCodeElement))
                .strings("address-country", "Country", r -> each(getter.apply(r), Address::getCountryElement))
                .tokens("address-use", "What an address is for", r -> each(getter.apply(r), Address::getUseElement));
    }

    /** Declares the parameters that FHIR gives to every type with telephones. */
    RecordType<T> telecoms(Function<T, List<ContactPoint>> getter) {
        return tokens("telecom", "Any telephone number or address of mail", getter)
                .tokens("phone", "A telephone number", r -> contacts(getter.apply(r), ContactPointSystem.PHONE))
                .tokens("email", "An e-mail address", r -> contacts(getter.apply(r), ContactPointSystem.EMAIL));
    }

    private static List<ContactPoint> contacts(List<ContactPoint> all, ContactPointSystem system) {
        return all.stream().filter(contact -> contact.getSystem() == system).toList();
    }

    private RecordType<T> add(
            String paramName,
            SearchParamType kind,
            String documentation,
            Set<String> targets,
            Function<T, ? extends List<? extends Base>> values) {
        return add(new SearchParam<>(paramName, kind, documentation, targets, Source.OWN, List.of(), whole(values)));
    }

    private RecordType<T> add(SearchParam<T> param) {
        if (params.put(param.name(), param) != null) {
            throw new IllegalStateException("search parameter declared twice: " + name + "." + param.name());
        }
        return this;
    }

    private static <T> Function<T, List<Base>> one(Function<T, @Nullable Base> getter) {
        return resource -> {
            var value = getter.apply(resource);
            return value == null ? Collections.emptyList() : List.of(value);
        };
    }

    /** Values that belong to the resource as a whole. */
    private static <T> Function<T, List<List<? extends Base>>> whole(
            Function<T, ? extends List<? extends Base>> getter) {
        return resource -> List.of(getter.apply(resource));
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

    /** One element of each; those without are passed over. */
    static <E> List<Base> each(List<E> elements, Function<E, @Nullable Base> getter) {
        var values = new ArrayList<Base>();
        for (var element : elements) {
            var value = getter.apply(element);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** All elements of each. */
    static <E> List<Base> eachOf(List<E> elements, Function<E, ? extends List<? extends Base>> getter) {
        var values = new ArrayList<Base>();
        elements.forEach(element -> values.addAll(getter.apply(element)));
        return values;
    }

    /** A date that may stand in several forms; only the dated ones count. */
    static @Nullable Base dated(@Nullable Type value) {
        return value instanceof Timing || value instanceof InstantType ? value : dateOrPeriod(value);
    }

    /** The value where it is a date or a period. */
    static @Nullable Base dateOrPeriod(@Nullable Type value) {
        return value instanceof Period || value instanceof DateTimeType || value instanceof DateType ? value : null;
    }

    /** The value where it is of a type. */
    static @Nullable Base ofType(Class<? extends Base> wanted, @Nullable Base value) {
        return wanted.isInstance(value) ? value : null;
    }
}
