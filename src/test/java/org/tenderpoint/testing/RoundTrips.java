package org.tenderpoint.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Writes down every round trip to the database: each execution of a statement or batch, each commit and rollback. One of
 * them can be made to fail.
 */
public final class RoundTrips implements BeanPostProcessor {

    /** Threads whose work belongs to no request, or to an earlier one. */
    private static final Set<String> BEHIND_REQUESTS =
            Set.of("audit-journal", "audit-seals", "deliveries", "exports", "identity-upkeep", "screening");

    private final ConcurrentLinkedQueue<String> trips = new ConcurrentLinkedQueue<>();
    private volatile boolean withValues;

    private final AtomicInteger untilFailure = new AtomicInteger();
    private volatile @Nullable SQLException failure;

    /**
     * Lets a round trip to come fail instead of reaching the database.
     *
     * @param which 1 for the next one
     */
    public void failAt(int which, SQLException instead) {
        failure = instead;
        untilFailure.set(which);
    }

    /** The round trips that a piece of work took, on all threads, as SQL. Nothing else may be running. */
    public List<String> during(Runnable work) {
        trips.clear();
        work.run();
        return new ArrayList<>(trips);
    }

    /** The same, each prepared statement as its driver shows it; PostgreSQL's fills the values in. */
    public List<String> filledIn(Runnable work) {
        withValues = true;
        try {
            return during(work);
        } finally {
            withValues = false;
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof DataSource ? proxy(DataSource.class, bean, null) : bean;
    }

    private <T> T proxy(Class<T> type, Object target, @Nullable String sql) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> call(target, sql, method, args)));
    }

    private @Nullable Object call(Object target, @Nullable String sql, Method method, Object @Nullable [] args)
            throws Throwable {
        var name = method.getName();
        var text = args != null && args.length > 0 && args[0] instanceof String first ? first : sql;
        if (name.startsWith("execute")
                || (target instanceof Connection
                        && List.of("commit", "rollback").contains(name))) {
            // What nodes remember of clients is looked at every two seconds, whatever is asked meanwhile.
            if ((text != null && text.contains("identity_"))
                    || BEHIND_REQUESTS.contains(Thread.currentThread().getName())) {
                return wrapped(invoke(target, method, args), text);
            }
            trips.add(withValues && target instanceof PreparedStatement ? shown(target) : text == null ? name : text);
            if (untilFailure.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
                throw Objects.requireNonNull(failure);
            }
        }
        return wrapped(invoke(target, method, withValues ? readable(args) : args), text);
    }

    /** Values that are sent in binary in their other form: the driver does not show the binary one. */
    private static Object @Nullable [] readable(Object @Nullable [] args) throws SQLException {
        if (args == null || args.length < 2 || !(args[1] instanceof PGobject binary)) {
            return args;
        }
        var text = new PGobject();
        text.setType(binary.getType());
        text.setValue(binary.getValue());
        var readable = args.clone();
        readable[1] = text;
        return readable;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Without the pool's own words before it. */
    private static String shown(Object statement) {
        var text = statement.toString();
        var behind = text.indexOf(" wrapping ");
        return behind < 0 ? text : text.substring(behind + " wrapping ".length());
    }

    private @Nullable Object wrapped(@Nullable Object result, @Nullable String sql) {
        if (result instanceof Connection) {
            return proxy(Connection.class, result, null);
        }
        if (result instanceof CallableStatement) {
            return proxy(CallableStatement.class, result, sql);
        }
        if (result instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, result, sql);
        }
        return result instanceof Statement ? proxy(Statement.class, result, null) : result;
    }
}
