using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Tasks of work on what is in memory are complete when they are given; work that is done in the same place is done by whoever says so.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Theory]
    [InlineData("[|new StreamReader({0}).ReadToEndAsync().Result|];")]
    [InlineData("[|{0}.ReadAsync(b, 0, 3).Result|];")]
    [InlineData("var s = {0}; [|s.CopyToAsync(new MemoryStream()).GetAwaiter().GetResult()|];")]
    [InlineData("using Stream s = {0}; using var r = new StreamReader(s); var t = r.ReadLineAsync(); [|t.Result|];")]
    [InlineData("[|System.Text.Json.JsonSerializer.DeserializeAsync<int>({0}).Result|];")]
    [InlineData("[|System.Text.Json.JsonSerializer.SerializeAsync({0}, b).Wait()|];")]
    public async Task Work_on_memory_is_done_when_its_task_is_given(string use)
    {
        var source = "class C { async Task M(byte[] b) { await Task.Yield(); _ = 1; " + Value(use) + " } }";
        await Allows(source.Replace("{0}", InMemory).Replace("[|", "").Replace("|]", ""));
        await Flags(source.Replace("{0}", OnDisk));
    }

    /// <summary>An expression that gives a value is no statement.</summary>
    private static string Value(string use) => use.Contains("Result|]") ? use.Replace("[|", "_ = [|") : use;

    [Fact]
    public Task What_is_in_memory_and_is_sent_away_is_flagged() => Flags(
        """
        class C
        {
            async Task M(System.Net.Http.HttpClient http, byte[] b)
            {
                await Task.Yield();
                [|http.PostAsync("a", new System.Net.Http.StreamContent(new MemoryStream(b))).Wait()|];
            }
        }
        """);

    [Theory]
    [InlineData("var work = new Task(() => [|File.ReadAllText(\"a\")|]); work.{0};")]
    [InlineData("new Task(() => [|Thread.Sleep(9)|]).{0};")]
    public async Task Work_that_is_run_in_the_same_place_is_the_coroutines_own(string use)
    {
        var source = "class C { async Task M() { await Task.Yield(); " + use + " } }";
        await Flags(source.Replace("{0}", "RunSynchronously()"));
        await Allows(source.Replace("{0}", "Start()").Replace("[|", "").Replace("|]", ""));
    }
}
