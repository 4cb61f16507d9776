import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanQuery;

/**
 * Lucene's Monitor over the same workload. Arguments: a file of queries, a file of posts, one a line; how many posts to match.
 * Prints one line: milliseconds of processor time a post, matches a post, milliseconds to register.
 */
public final class MonitorBench {
  public static void main(String[] args) throws Exception {
    List<String> queries = Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8);
    List<String> posts = Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8);
    int count = Math.min(posts.size(), Integer.parseInt(args[2]));
    BooleanQuery.setMaxClauseCount(4096);
    Analyzer analyzer = new RussianAnalyzer();
    Monitor monitor =
        new Monitor(analyzer, new TermFilteredPresearcher(), new MonitorConfiguration().setQueryUpdateBufferSize(5000));
    QueryParser parser = new QueryParser("text", analyzer);
    long began = System.nanoTime();
    List<MonitorQuery> batch = new ArrayList<>();
    for (int at = 0; at < queries.size(); at++) {
      batch.add(new MonitorQuery("t" + at, parser.parse(queries.get(at))));
      if (batch.size() == 5000 || at == queries.size() - 1) {
        monitor.register(batch);
        batch.clear();
      }
    }
    double built = (System.nanoTime() - began) / 1e6;
    int warm = Math.min(count, 200);
    for (int at = 0; at < warm; at++) match(monitor, posts.get(at));
    long cpu = cpuNanos();
    long matches = 0;
    for (int at = 0; at < count; at++) matches += match(monitor, posts.get(at));
    double ms = (cpuNanos() - cpu) / 1e6 / count;
    System.out.println(ms + " " + (double) matches / count + " " + built);
    monitor.close();
  }

  private static int match(Monitor monitor, String text) throws Exception {
    Document document = new Document();
    document.add(new TextField("text", text, Field.Store.NO));
    return monitor.match(document, QueryMatch.SIMPLE_MATCHER).getMatchCount();
  }

  /** Of the thread that matches: collecting garbage and compiling are not counted against it. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
