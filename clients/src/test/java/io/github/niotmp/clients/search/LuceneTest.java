package io.github.niotmp.clients.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.tests.store.BaseDirectoryTestCase;
import org.apache.lucene.tests.store.BaseLockFactoryTestCase;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;

@Client(name = "Lucene", artifact = "org.apache.lucene:lucene-core")
class LuceneTest {
  private static final int DOCUMENTS = 300;

  @Scenario("indexes, commits, merges and searches, reading by channels (NIOFSDirectory)")
  void readsByChannels(Path root) throws IOException {
    try (Directory directory = new NIOFSDirectory(root.resolve("index"))) {
      indexAndSearch(directory);
    }
  }

  @Scenario("indexes, commits, merges and searches, reading by maps (MMapDirectory, its default)")
  void readsByMaps(Path root) throws IOException {
    try (Directory directory = new MMapDirectory(root.resolve("index"))) {
      indexAndSearch(directory);
    }
  }

  private static void indexAndSearch(Directory directory) throws IOException {
    try (IndexWriter writer = writer(directory)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        writer.addDocument(document(i));
        if (i % 50 == 49) {
          writer.commit(); // a segment each
        }
      }
      assertThat(found(directory, new TermQuery(new Term("text", "even")))).hasSize(DOCUMENTS / 2);

      writer.deleteDocuments(new Term("text", "odd"));
      writer.updateDocument(new Term("id", "8"), document(9));
      writer.forceMerge(1);
      writer.commit();
    }

    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertThat(reader.leaves()).hasSize(1);
      assertThat(reader.numDocs()).isEqualTo(DOCUMENTS / 2);
    }
    assertThat(found(directory, new TermQuery(new Term("text", "odd")))).containsExactly("9");
    assertThat(found(directory, new TermQuery(new Term("text", "even"))))
        .startsWith("0", "2", "4", "6", "10")
        .hasSize(DOCUMENTS / 2 - 1);
    try (CheckIndex check = new CheckIndex(directory)) {
      assertThat(check.checkIndex().clean).isTrue();
    }
  }

  private static IndexWriter writer(Directory directory) throws IOException {
    return new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
  }

  private static Document document(int number) {
    Document document = new Document();
    document.add(new StringField("id", String.valueOf(number), Field.Store.YES));
    document.add(new NumericDocValuesField("number", number));
    String text = "the number " + number + " is " + (number % 2 == 0 ? "even" : "odd");
    document.add(new TextField("text", text, Field.Store.YES));
    return document;
  }

  private static List<String> found(Directory directory, Query query) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      Sort byNumber = new Sort(new SortField("number", SortField.Type.LONG));
      List<String> ids = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query, DOCUMENTS, byNumber).scoreDocs) {
        ids.add(searcher.storedFields().document(hit.doc).get("id"));
      }
      return ids;
    }
  }

  @Scenario("passes its BaseDirectoryTestCase with NIOFSDirectory, thread-leak checks included")
  void passesItsTestsByChannels(Path root) {
    passes(BaseDirectoryTestCase.class, DirectoryCases.ByChannels.class, root);
  }

  @Scenario("passes its BaseDirectoryTestCase with MMapDirectory, thread-leak checks included")
  void passesItsTestsByMaps(Path root) {
    passes(BaseDirectoryTestCase.class, DirectoryCases.ByMaps.class, root);
  }

  @Scenario("passes its BaseLockFactoryTestCase with NativeFSLockFactory, its default")
  void passesItsTestsOfFileLocks(Path root) {
    passes(BaseLockFactoryTestCase.class, LockCases.ByFileLock.class, root);
  }

  @Scenario("passes its BaseLockFactoryTestCase with SimpleFSLockFactory")
  void passesItsTestsOfLockFiles(Path root) {
    passes(BaseLockFactoryTestCase.class, LockCases.ByFile.class, root);
  }

  private static <T extends LuceneTestCase> void passes(
      Class<T> published, Class<? extends T> ofADirectory, Path root) {
    Result result = TemporaryDirectory.run(ofADirectory, root);

    assertThat(result.getFailures()).extracting(Failure::getTrace).isEmpty();
    assertThat(result.getRunCount()).isEqualTo(TemporaryDirectory.count(published));
    assertThat(result.getIgnoreCount()).isZero();
    assertThat(result.getAssumptionFailureCount()).isZero();
  }
}
