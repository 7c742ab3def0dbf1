package org.tenderpoint.chart;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A moment in the form that PostgreSQL keeps: microseconds since the year 2000, eight bytes. The driver sends a
 * {@link OffsetDateTime} as text, and reading some ten of them cost PostgreSQL a twentieth of a search.
 */
final class BinaryMoment extends PGobject implements PGBinaryObject {

    private static final OffsetDateTime EPOCH = OffsetDateTime.parse("2000-01-01T00:00:00Z");
    private static final long serialVersionUID = 1;

    private final transient OffsetDateTime moment;

    BinaryMoment(OffsetDateTime moment) {
        this.moment = moment;
        type = "timestamptz";
    }

    /** What the driver sends where it may send nothing in binary. */
    @Override
    public String getValue() {
        return moment.toString();
    }

    @Override
    public void setByteValue(byte[] bytes, int offset) {
        throw new UnsupportedOperationException("a moment is only sent");
    }

    @Override
    public int lengthInBytes() {
        return Long.BYTES;
    }

    @Override
    public void toBytes(byte[] bytes, int offset) {
        var micros = ChronoUnit.MICROS.between(EPOCH, moment);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[offset + i] = (byte) (micros >> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
    }
}
