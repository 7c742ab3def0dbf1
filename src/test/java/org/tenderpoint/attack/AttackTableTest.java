package org.tenderpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of attacks names, for each, a test that is there; and every test that is there stands in it. */
class AttackTableTest {

    private static final Pattern TEST = Pattern.compile("`([A-Za-z.]+)#([A-Za-z0-9]+)`");
    private static final int LIBRARIES = 14;
    private static final int CLASSES = 50;

    @Test
    void everyRowNamesATestThatIsThereOrSaysWhyItDoesNotReachUs() throws Exception {
        var problems = new ArrayList<String>();
        for (var row : rows()) {
            var cells = row.split(" \\| ", -1);
            var tests = TEST.matcher(row).results().toList();
            if (tests.isEmpty() && !cells[2].startsWith("does not reach us: ")) {
                problems.add("no test: " + row);
            }
            for (var test : tests) {
                if (method(test.group(1), test.group(2))
                        .filter(AttackTableTest::isTest)
                        .findAny()
                        .isEmpty()) {
                    problems.add("not there: " + test.group());
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everyAttackHasItsRow() throws IOException {
        var expected = Stream.concat(
                IntStream.rangeClosed(1, LIBRARIES).mapToObj(number -> "A" + number),
                IntStream.rangeClosed(1, CLASSES).mapToObj(Integer::toString));

        assertThat(rows().stream().map(row -> row.substring(2).split(" ", 2)[0]))
                .containsExactlyElementsOf(expected.toList());
    }

    @Test
    void everyTestOfAnAttackStandsInTheTable() throws Exception {
        var named = new HashSet<String>();
        TEST.matcher(String.join("\n", rows())).results().forEach(test -> named.add(test.group(1) + test.group(2)));
        var there = new HashSet<String>();
        try (var files = Files.list(Path.of("src/test/java/org/tenderpoint/attack"))) {
            for (var file :
                    files.filter(each -> !each.endsWith("AttackTableTest.java")).toList()) {
                var name = "attack." + file.getFileName().toString().replace(".java", "");
                for (var method : methods(name)) {
                    if (isTest(method)) {
                        there.add(name + method.getName());
                    }
                }
            }
        }

        assertThat(there).hasSizeGreaterThan(15).isSubsetOf(named);
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/attacks.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Row"))
                .toList();
    }

    private static Stream<Method> method(String type, String name) throws ClassNotFoundException {
        return methods(type).stream().filter(method -> method.getName().equals(name));
    }

    private static Set<Method> methods(String type) throws ClassNotFoundException {
        return type.endsWith("package-info")
                ? Set.of()
                : Set.copyOf(
                        Arrays.asList(Class.forName("org.tenderpoint." + type).getDeclaredMethods()));
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, ParameterizedTest.class);
    }
}
