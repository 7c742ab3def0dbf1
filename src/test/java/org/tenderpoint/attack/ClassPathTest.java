package org.tenderpoint.attack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What is not there cannot be attacked, and what is there is new enough. */
class ClassPathTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tenderpoint");

    /** Versions below which a flaw is known that reaches us. */
    private static final Map<String, String> FLOOR = Map.of(
            "tomcat-embed-core", "10.1.55",
            "spring-security-web", "6.5.11",
            "spring-security-oauth2-authorization-server", "1.5.8",
            "spring-core", "6.2.19",
            "org.hl7.fhir.utilities", "6.4.1",
            "postgresql", "42.7.11",
            "logback-core", "1.5.34");

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[0-9.]*)(?:[-.][A-Za-z].*)?\\.jar");

    /** Programs and services of others that a server does not need. */
    private static final List<String> NOT_SHIPPED = List.of(
            "org.hl7.fhir.validation",
            "org.hl7.fhir.validation.cli",
            "Saxon-HE",
            "spring-boot-actuator",
            "spring-boot-devtools",
            "h2-console",
            "springdoc",
            "swagger-ui",
            "hapi-fhir-testpage-overlay",
            "hapi-fhir-jpaserver-subscription",
            "hapi-fhir-jpaserver-base",
            "spring-ai",
            "graphql-java",
            "xalan",
            "commons-collections-3");

    /** A flaw in what the validator of the FHIR core serves over HTTP is none where the validator is not. */
    @Test
    void a5a6a11WhatIsNotNeededIsNotShipped() throws Exception {
        var shipped = compileScope();

        assertThat(shipped).isNotEmpty();
        for (var name : NOT_SHIPPED) {
            assertThat(shipped).noneMatch(artifact -> artifact.equals(name) || artifact.startsWith(name + "-"));
        }
    }

    /** What this project names in its POM, other than for tests. */
    private static List<String> compileScope() throws ParserConfigurationException, IOException, SAXException {
        var pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        var dependencies = pom.getElementsByTagName("dependency");
        return Stream.iterate(0, i -> i < dependencies.getLength(), i -> i + 1)
                .map(i -> (Element) dependencies.item(i))
                // Others are those of plugins, and of profiles whose programs are not the product.
                .filter(dependency -> "project"
                        .equals(dependency.getParentNode().getParentNode().getNodeName()))
                .filter(dependency -> !"test".equals(text(dependency, "scope")))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    private static String text(Element element, String name) {
        var children = element.getElementsByTagName(name);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent();
    }

    @Test
    void a9a13a14EveryLibraryWithAKnownFlawIsNewEnough() {
        var found = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(path -> JAR.matcher(Path.of(path).getFileName().toString()))
                .filter(java.util.regex.Matcher::matches)
                .filter(jar -> FLOOR.containsKey(jar.group(1)))
                .collect(java.util.stream.Collectors.toMap(
                        jar -> jar.group(1), jar -> jar.group(2), (one, other) -> one));

        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(FLOOR.keySet());
        found.forEach((name, version) -> assertThat(compare(version, String.valueOf(FLOOR.get(name))))
                .as(name + " " + version)
                .isNotNegative());
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** FHIRPath of a client's, style sheets, health cards and packages reach flaws of the FHIR core. */
    @Test
    void a6a7a8a11NobodyCallsWhatIsFlawed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.hl7\\.fhir\\.utilities\\.(xml\\.)?XsltUtilities|.*\\.SHCParser|.*\\.SHLParser"
                        + "|.*\\.FhirPathFilterInterceptor|.*\\.FilesystemPackageCacheManager|.*\\.PackageClient"
                        + "|.*\\.ResponseHighlighterInterceptor|.*\\.GraphQLProvider")
                .check(HOUSE);
    }

    /**
     * Absolute references, attachments and profiles name addresses; nothing here goes there. One door leads out, and three
     * go by it: for the keys of registered clients, to the OpenID provider of the settings, and to those who are notified.
     */
    @Test
    void a17OneDoorLeadsToOtherServersAndThreeGoByIt() throws IOException {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.tenderpoint.guard.Outbound")
                .and()
                .doNotHaveFullyQualifiedName("org.tenderpoint.guard.SmallBody")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.http\\..*|java\\.net\\.(Http)?URLConnection|java\\.net\\.Socket"
                                + "|javax\\.net\\.ssl\\..*|org\\.apache\\.http\\..*|okhttp3\\..*|.*\\.RestTemplate|.*\\.RestClient")
                .check(HOUSE);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.tenderpoint.smart.PublicFetch")
                .and()
                .doNotHaveFullyQualifiedName("org.tenderpoint.people.ProviderAsk")
                .and()
                .doNotHaveFullyQualifiedName("org.tenderpoint.delivery.Post")
                .and()
                .resideOutsideOfPackage("org.tenderpoint.guard")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.tenderpoint.guard.Outbound")
                .check(HOUSE);
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).filter(ClassPathTest::opensUrls))
                    .isEmpty();
        }
    }

    private static boolean opensUrls(Path file) {
        try {
            return Files.readString(file).contains("new URL(");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
