package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * The FHIRPath of our invariants. The engine comes without the definitions of R4, which take seconds and a hundred
 * megabytes: the expressions navigate by name, and need the names of types at most.
 */
final class Invariants {

    private final SingletonSupplier<FHIRPathEngine> engine;
    private final Map<String, ExpressionNode> parsed = new ConcurrentHashMap<>();

    Invariants(FhirContext fhir) {
        this.engine = SingletonSupplier.of(() -> new FHIRPathEngine(new HapiWorkerContext(fhir, new TypeNames(fhir))));
    }

    boolean holds(String expression, Resource resource, Base on) {
        var paths = engine.obtain();
        var node = parsed.computeIfAbsent(expression, paths::parse);
        // The engine keeps what belongs to one evaluation in itself.
        synchronized (paths) {
            return paths.evaluateToBoolean(null, resource, resource, on, node);
        }
    }

    /** The names of the types and what kind each is, and nothing of what is in them. */
    private static final class TypeNames implements IValidationSupport {

        private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

        private final FhirContext fhir;
        private final Map<String, StructureDefinition> types = new HashMap<>();

        private TypeNames(FhirContext fhir) {
            this.fhir = fhir;
            for (var type : fhir.getElementDefinitions()) {
                var isPrimitive = type instanceof RuntimePrimitiveDatatypeDefinition;
                add(
                        type.getName(),
                        isPrimitive ? StructureDefinitionKind.PRIMITIVETYPE : StructureDefinitionKind.COMPLEXTYPE);
            }
            fhir.getResourceTypes().forEach(name -> add(name, StructureDefinitionKind.RESOURCE));
        }

        private void add(String name, StructureDefinitionKind kind) {
            var type = new StructureDefinition()
                    .setUrl(BASE + name)
                    .setName(name)
                    .setType(name)
                    .setKind(kind)
                    .setDerivation(TypeDerivationRule.SPECIALIZATION)
                    .setBaseDefinition(BASE + "Element");
            types.put(type.getUrl(), type);
        }

        @Override
        public FhirContext getFhirContext() {
            return fhir;
        }

        @Override
        public @Nullable IBaseResource fetchStructureDefinition(String url) {
            return types.get(url);
        }

        @Override
        public List<IBaseResource> fetchAllConformanceResources() {
            return List.copyOf(types.values());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
            return (List<T>) List.copyOf(types.values());
        }
    }
}
