package org.tenderpoint.server;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import ca.uhn.fhir.util.FhirTerser;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.SearchParam;

/** The CapabilityStatement: HAPI lists the endpoints that are there, the chart's table lists the search parameters. */
final class Capability extends ServerCapabilityStatementProvider {

    private static final List<CapabilityStatementRestResourceSearchParamComponent> OF_EVERY_TYPE = List.of(
            param("_id", SearchParamType.TOKEN, "The id"),
            param("_lastUpdated", SearchParamType.DATE, "When it last changed"),
            param("_profile", SearchParamType.URI, "A profile"),
            param("_tag", SearchParamType.TOKEN, "A tag"),
            param("_security", SearchParamType.TOKEN, "A security label"),
            param("_source", SearchParamType.URI, "Where it comes from"));

    private final List<CapabilityPart> parts;

    /** @param parts what rooms have to say in it */
    Capability(RestfulServer server, List<CapabilityPart> parts) {
        super(server);
        this.parts = List.copyOf(parts);
        setPublisher("Tenderpoint");
    }

    @Override
    protected void postProcess(FhirTerser terser, IBaseConformance conformance) {
        var statement = (CapabilityStatement) conformance;
        statement.setName("Tenderpoint").setTitle("Tenderpoint, a FHIR server for medical-massage practices");
        statement
                .getRestFirstRep()
                .getSecurity()
                .setCors(false)
                .addService()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
                .setCode("SMART-on-FHIR");
        statement.getRestFirstRep().addInteraction().setCode(SystemRestfulInteraction.BATCH);
        statement.getPatchFormat().clear();
        statement.addPatchFormat("application/json-patch+json");
        var resources = statement.getRestFirstRep().getResource();
        resources.forEach(Capability::complete);
        resources.removeIf(resource -> resource.getInteraction().isEmpty());
        resources.forEach(resource -> parts.forEach(part -> part.addTo(resource)));
    }

    private static void complete(CapabilityStatementRestResourceComponent resource) {
        RecordTypes.find(resource.getType()).ifPresent(type -> {
            resource.setVersioning(ResourceVersionPolicy.VERSIONEDUPDATE)
                    .setReadHistory(true)
                    .setUpdateCreate(false)
                    .setConditionalCreate(hasIdentifier(type) && AccessRule.isOffered(Interaction.CREATE, type.name()))
                    .setConditionalUpdate(AccessRule.isOffered(Interaction.UPDATE, type.name()))
                    .setConditionalDelete(
                            AccessRule.isOffered(Interaction.DELETE, type.name())
                                    ? ConditionalDeleteStatus.SINGLE
                                    : ConditionalDeleteStatus.NOTSUPPORTED)
                    .setConditionalRead(ConditionalReadStatus.FULLSUPPORT);
            // What no role has is not offered, whatever methods the provider has.
            resource.getInteraction().removeIf(interaction -> !isOffered(interaction.getCode(), type.name()));
            resource.addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
                    .addReferencePolicy(ReferenceHandlingPolicy.LOGICAL)
                    .addReferencePolicy(ReferenceHandlingPolicy.ENFORCED)
                    .addReferencePolicy(ReferenceHandlingPolicy.LOCAL);
            resource.getSearchParam().clear();
            OF_EVERY_TYPE.forEach(param -> resource.addSearchParam(param.copy()));
            for (SearchParam<?> param : type.params()) {
                resource.addSearchParam(param(param.name(), param.kind(), param.documentation()));
            }
            resource.getSearchInclude().clear();
            type.params().stream()
                    .filter(SearchParam::leadsToResources)
                    .forEach(param -> resource.addSearchInclude(type.name() + ":" + param.name()));
            resource.getSearchRevInclude().clear();
            revIncludes(type.name()).forEach(resource::addSearchRevInclude);
        });
    }

    private static CapabilityStatementRestResourceSearchParamComponent param(
            String name, SearchParamType kind, String documentation) {
        return new CapabilityStatementRestResourceSearchParamComponent()
                .setName(name)
                .setType(kind)
                .setDocumentation(documentation);
    }

    private static boolean isOffered(TypeRestfulInteraction interaction, String type) {
        return switch (interaction) {
            case READ -> AccessRule.isOffered(Interaction.READ, type);
            case VREAD -> AccessRule.isOffered(Interaction.VREAD, type);
            case SEARCHTYPE -> AccessRule.isOffered(Interaction.SEARCH, type);
            case HISTORYINSTANCE -> AccessRule.isOffered(Interaction.HISTORY, type);
            case CREATE -> AccessRule.isOffered(Interaction.CREATE, type);
            case UPDATE, PATCH -> AccessRule.isOffered(Interaction.UPDATE, type);
            case DELETE -> AccessRule.isOffered(Interaction.DELETE, type);
            default -> false;
        };
    }

    private static boolean hasIdentifier(RecordType<?> type) {
        return type.params().stream().anyMatch(param -> param.name().equals("identifier"));
    }

    private static List<String> revIncludes(String target) {
        return RecordTypes.all().stream()
                .flatMap(type -> type.params().stream()
                        .filter(param -> param.targets().contains(target))
                        .map(param -> type.name() + ":" + param.name()))
                .toList();
    }
}
