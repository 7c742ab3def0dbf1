package org.tenderpoint.profile;

/** The check digits of the code systems that have one. They catch most codes that were mistyped or made up. */
public final class CheckDigits {

    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    /** SNOMED CT: 6 to 18 digits, Verhoeff. */
    public static boolean isSnomed(String code) {
        if (!isDigits(code) || code.length() < 6 || code.length() > 18) {
            return false;
        }
        var check = 0;
        for (int i = 0; i < code.length(); i++) {
            var digit = code.charAt(code.length() - 1 - i) - '0';
            for (int turn = 0; turn < i % 8; turn++) {
                digit = PERMUTATION[digit];
            }
            check = DIHEDRAL[check][digit];
        }
        return check == 0;
    }

    /** LOINC: up to seven digits, a hyphen, and a digit that is mod 10 over those before. */
    public static boolean isLoinc(String code) {
        var hyphen = code.length() - 2;
        return hyphen > 0
                && hyphen <= 7
                && code.charAt(hyphen) == '-'
                && isDigits(code.substring(0, hyphen))
                && isDigits(code.substring(hyphen + 1))
                && isLuhn(code.substring(0, hyphen) + code.substring(hyphen + 1));
    }

    /** National provider identifiers: Luhn after the prefix 80840. */
    public static boolean isNpi(String number) {
        return number.length() == 10 && isDigits(number) && isLuhn("80840" + number);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLuhn(String digits) {
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
