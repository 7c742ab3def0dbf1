package org.tenderpoint.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;

/**
 * The calendar of one course: its days counted from the first visit, which is a Monday, so that no visit falls on a
 * Sunday by chance.
 */
record Days(LocalDate firstVisit) {

    /** The demonstration's clinics are in the state of Washington. */
    static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

    /** @param today the day of the first start; the course's last visit is over by then */
    static Days of(Course course, LocalDate today) {
        return new Days(today.minusDays((long) course.lastDay() + course.lastVisitDaysAgo())
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    LocalDate day(int day) {
        return firstVisit.plusDays(day);
    }

    DateType date(int day) {
        return new DateType(day(day).toString());
    }

    DateTimeType wholeDay(int day) {
        return new DateTimeType(day(day).toString());
    }

    ZonedDateTime at(int day, String time) {
        return day(day).atTime(LocalTime.parse(time)).atZone(ZONE);
    }

    static DateTimeType dateTime(ZonedDateTime time) {
        var value = new DateTimeType(Date.from(time.toInstant()));
        value.setTimeZone(TimeZone.getTimeZone(ZONE));
        return value;
    }
}
