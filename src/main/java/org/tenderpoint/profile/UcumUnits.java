package org.tenderpoint.profile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Whether a text is a UCUM unit: atoms with prefixes and exponents, joined by point and slash, with annotations in
 * braces. The atoms are those that a clinic meets; a unit of another one is not known here and is not refused as a word
 * of nonsense would be, unless no reading of it leads to atoms.
 */
final class UcumUnits {

    private static final Set<String> ATOMS = Set.of(
            "1",
            "m",
            "s",
            "g",
            "rad",
            "K",
            "C",
            "cd",
            "%",
            "[ppth]",
            "[ppm]",
            "[pH]",
            "mol",
            "sr",
            "Hz",
            "N",
            "Pa",
            "J",
            "W",
            "A",
            "V",
            "F",
            "Ohm",
            "S",
            "Wb",
            "Cel",
            "T",
            "H",
            "lm",
            "lx",
            "Bq",
            "Gy",
            "Sv",
            "deg",
            "'",
            "''",
            "l",
            "L",
            "ar",
            "min",
            "h",
            "d",
            "a",
            "wk",
            "mo",
            "t",
            "bar",
            "u",
            "eV",
            "[in_i]",
            "[ft_i]",
            "[yd_i]",
            "[mi_i]",
            "[lb_av]",
            "[oz_av]",
            "[degF]",
            "[foz_us]",
            "[cup_us]",
            "cal",
            "[Cal]",
            "m[Hg]",
            "m[H2O]",
            "mm[Hg]",
            "eq",
            "osm",
            "[iU]",
            "[IU]",
            "kat",
            "U",
            "gf",
            "[lbf_av]",
            "[psi]",
            "[arb'U]",
            "[drp]",
            "B",
            "Np",
            "bit",
            "By",
            "[HPF]",
            "[LPF]",
            "[CFU]",
            "10*",
            "10^",
            "[MET]",
            "dyn",
            "erg",
            "[diop]",
            "[kn_i]",
            "[stone_av]",
            "[pt_us]",
            "[gal_us]",
            "att");

    private static final Set<String> PREFIXES =
            Set.of("Y", "Z", "E", "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "u", "n", "p", "f", "a", "z", "y");

    private static final Pattern ANNOTATION = Pattern.compile("\\{[!-z|~]*}");
    private static final Pattern PART = Pattern.compile("(.*?)([+-]?\\d+)?");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    boolean isUnit(String code) {
        if (known.contains(code)) {
            return true;
        }
        var isUnit = isExpression(code);
        if (isUnit && known.size() < 1000) {
            known.add(code);
        }
        return isUnit;
    }

    private static boolean isExpression(String code) {
        if (code.isBlank() || code.length() > 100) {
            return false;
        }
        var plain = ANNOTATION.matcher(code).replaceAll("").replace("(", "").replace(")", "");
        if (plain.isEmpty()) {
            return true;
        }
        for (var part : plain.split("[./]", -1)) {
            // A leading slash, or a factor that was only an annotation.
            if (!part.isEmpty() && !isFactor(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFactor(String part) {
        if (part.chars().allMatch(Character::isDigit) || isAtom(part)) {
            return true;
        }
        var matcher = PART.matcher(part);
        return matcher.matches() && matcher.group(2) != null && isAtom(matcher.group(1));
    }

    private static boolean isAtom(String text) {
        if (ATOMS.contains(text)) {
            return true;
        }
        for (int i = 1; i <= 2 && i < text.length(); i++) {
            if (PREFIXES.contains(text.substring(0, i)) && ATOMS.contains(text.substring(i))) {
                return true;
            }
        }
        return false;
    }
}
