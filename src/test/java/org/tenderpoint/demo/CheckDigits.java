package org.tenderpoint.demo;

/** The check digits of the code systems that have one. */
final class CheckDigits {

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

    /** SNOMED CT: Verhoeff. */
    static boolean isSnomed(String code) {
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

    /** LOINC: mod 10 over the digits before the hyphen. */
    static boolean isLoinc(String code) {
        var parts = code.split("-", -1);
        return isLuhn(parts[0] + parts[1]);
    }

    /** National provider identifiers: Luhn after the prefix 80840. */
    static boolean isNpi(String number) {
        return number.matches("\\d{10}") && isLuhn("80840" + number);
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
