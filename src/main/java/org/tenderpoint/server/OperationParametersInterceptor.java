package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Holds what is sent to an operation against what the operation declares. HAPI passes over parameters that it does not
 * know, takes the first of two and does not say which of them has no value of its type.
 */
@Component
@Interceptor
public class OperationParametersInterceptor {

    /** Answered by the server around every request. */
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");

    /**
     * One declared parameter.
     *
     * @param type what its values are
     * @param max how often it may stand; more than any number where {@link OperationParam#MAX_UNLIMITED}
     */
    private record Declared(Class<?> type, int max) {

        boolean mayRepeat() {
            return max != 1;
        }
    }

    /** What an operation declares; {@code takesResource} where the body may be the resource itself. */
    private record Signature(Map<String, Declared> parameters, boolean takesResource) {}

    private final Map<String, Signature> operations;

    OperationParametersInterceptor(List<FhirProvider> providers, List<TypeProviders> ofEveryType) {
        var onTypes = ofEveryType.stream()
                .flatMap(each -> RecordTypes.all().stream().map(each::of))
                .flatMap(
                        provider -> methods(provider, provider.getResourceType().getSimpleName()));
        this.operations = Stream.concat(providers.stream().flatMap(provider -> methods(provider, "")), onTypes)
                .collect(Collectors.toMap(
                        Endpoint::key, endpoint -> signature(endpoint.method), OperationParametersInterceptor::both));
    }

    private static Signature both(Signature one, Signature other) {
        var parameters = new TreeMap<>(one.parameters);
        parameters.putAll(other.parameters);
        return new Signature(parameters, one.takesResource || other.takesResource);
    }

    /** Checks the URL, before anything is read. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void checkUrl(ServletRequestDetails request) {
        signature(request).ifPresent(signature -> {
            for (var sent : request.getParameters().entrySet()) {
                if (PRESENTATION.contains(sent.getKey())) {
                    continue;
                }
                var declared = declared(request, signature, sent.getKey());
                if (request.getRequestType() == RequestTypeEnum.POST && !signature.takesResource) {
                    throw refused(
                            "operation-parameter-place",
                            sent.getKey(),
                            "stands in the URL of a POST; send it in the Parameters resource, or use GET.");
                }
                checkNumber(sent.getKey(), declared, sent.getValue().length);
                for (var value : sent.getValue()) {
                    checkForm(sent.getKey(), declared, value);
                }
            }
        });
    }

    /** Checks a Parameters resource, before the operation begins. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void checkBody(RestOperationTypeEnum kind, RequestDetails request) {
        signature(request).ifPresent(signature -> {
            if (request.getResource() instanceof Parameters parameters) {
                var numbers = new HashMap<String, Integer>();
                for (var parameter : parameters.getParameter()) {
                    var name = String.valueOf(parameter.getName());
                    var declared = declared(request, signature, name);
                    checkNumber(name, declared, numbers.merge(name, 1, Integer::sum));
                    if (PrimitiveType.class.isAssignableFrom(declared.type)
                            && !isValue(declared.type, parameter.getValue())) {
                        throw otherForm(name, declared);
                    }
                }
            } else if (request.getResource() != null && !signature.takesResource) {
                throw Refused.badRequest(Issue.value(
                        "operation-body",
                        null,
                        "The body of " + request.getOperation() + " is a Parameters resource."));
            }
        });
    }

    private Optional<Signature> signature(RequestDetails request) {
        return request.getOperation() == null
                ? Optional.empty()
                : Optional.ofNullable(operations.get(request.getResourceName() + "/" + request.getOperation()));
    }

    private static Declared declared(RequestDetails request, Signature signature, String name) {
        var declared = signature.parameters.get(name);
        if (declared == null) {
            var known = String.join(", ", signature.parameters.keySet());
            throw Refused.badRequest(Issue.notSupported(
                    "operation-parameter-unknown",
                    "Parameter " + Issue.echo(name) + " is none of " + request.getOperation()
                            + (known.isEmpty() ? "." : ", which takes " + known + ".")));
        }
        return declared;
    }

    private static void checkNumber(String name, Declared declared, int number) {
        if (number > 1 && !declared.mayRepeat()) {
            throw refused("operation-parameter-repeated", name, "stands once.");
        }
    }

    /** An extension may stand where a primitive has no value; an operation has nothing to read there. */
    private static boolean isValue(Class<?> type, @Nullable Type sent) {
        return type.isInstance(sent) && ((PrimitiveType<?>) sent).hasValue();
    }

    private static void checkForm(String name, Declared declared, String value) {
        if (!PrimitiveType.class.isAssignableFrom(declared.type)) {
            throw refused("operation-parameter-place", name, "is no simple value; send it by POST.");
        }
        try {
            var form = (PrimitiveType<?>) declared.type.getDeclaredConstructor().newInstance();
            form.setValueAsString(value);
            if (!form.hasValue()) {
                throw new IllegalArgumentException("empty");
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        } catch (RuntimeException otherForm) {
            throw otherForm(name, declared);
        }
    }

    private static Refused otherForm(String name, Declared declared) {
        return refused("operation-parameter-form", name, "is a value of type " + fhirName(declared.type) + ".");
    }

    private static String fhirName(Class<?> type) {
        var name = type.getSimpleName().replace("Type", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Refused refused(String code, String name, String rest) {
        return Refused.badRequest(new Issue(
                org.hl7.fhir.r4.model.OperationOutcome.IssueType.INVALID,
                code,
                null,
                "Parameter " + Issue.echo(name) + " " + rest));
    }

    private record Endpoint(String type, Method method) {
        String key() {
            return type + "/" + method.getAnnotation(Operation.class).name();
        }
    }

    private static Stream<Endpoint> methods(Object provider, String type) {
        return Arrays.stream(provider.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Operation.class))
                .map(method -> new Endpoint(
                        type.isEmpty() ? method.getAnnotation(Operation.class).typeName() : type, method));
    }

    private static Signature signature(Method method) {
        var parameters = new TreeMap<String, Declared>();
        // Such an operation takes its body as it is, and may have a resource there.
        var takesResource = method.getAnnotation(Operation.class).manualRequest();
        for (var parameter : method.getParameters()) {
            var annotation = parameter.getAnnotation(OperationParam.class);
            if (annotation != null) {
                var isList = parameter.getParameterizedType() instanceof ParameterizedType;
                parameters.put(
                        annotation.name(),
                        new Declared(
                                elementType(parameter.getParameterizedType(), parameter.getType()),
                                isList ? annotation.max() : 1));
            }
            takesResource |= parameter.isAnnotationPresent(ResourceParam.class);
        }
        return new Signature(parameters, takesResource);
    }

    private static Class<?> elementType(java.lang.reflect.@Nullable Type generic, Class<?> raw) {
        return generic instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : raw;
    }
}
