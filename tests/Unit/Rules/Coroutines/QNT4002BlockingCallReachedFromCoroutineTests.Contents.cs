using System.Net.Http;
using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;
using PossibleRule = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;
using Written = Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// What is about to be sent is in memory: the task that reads it is complete when it is given.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    private static string Logged(string use) =>
        """
        class Client
        {
            string Log(System.Net.Http.HttpContent content) => content.ReadAsStringAsync().Result;
            string Log2(System.Net.Http.HttpContent content) => content.ReadAsStringAsync().GetAwaiter().GetResult();
            public async Task M(System.Net.Http.HttpClient http, System.Net.Http.HttpContent given, string text)
            {
                await Task.Yield();

        """ + use + " } }";

    [Theory]
    [InlineData("var content = new System.Net.Http.StringContent(text); Log(content);")]
    [InlineData("System.Net.Http.HttpContent content = new System.Net.Http.ByteArrayContent([1]); Log2(content);")]
    [InlineData("Log(new System.Net.Http.FormUrlEncodedContent([]));")]
    [InlineData("Log(System.Net.Http.Json.JsonContent.Create(text));")]
    [InlineData("Log(new System.Net.Http.StreamContent(new MemoryStream()));")]
    public Task A_content_that_was_made_here_is_read_at_once(string use) => Allows(Logged(use));

    [Theory]
    [InlineData("var answer = await http.GetAsync(\"a\", System.Net.Http.HttpCompletionOption.ResponseHeadersRead); "
        + "[|Log(answer.Content)|];")]
    [InlineData("[|Log(new System.Net.Http.StreamContent(new FileStream(text, FileMode.Open)))|];")]
    public Task What_comes_from_elsewhere_is_waited_for(string use) => Flags(Logged(use));

    [Fact]
    public async Task What_the_coroutine_is_given_itself_may_be_either()
    {
        await Allows(Logged("Log(given);"));
        await PossibleRule.Flags(Logged("[|Log(given)|];"));
    }

    [Theory]
    [InlineData("var content = new System.Net.Http.StringContent(text); _ = content.ReadAsStringAsync().Result;")]
    [InlineData("var bytes = new System.Net.Http.StringContent(text).ReadAsByteArrayAsync(); bytes.Wait();")]
    public Task So_it_is_where_it_is_written(string use) => Written.Allows(Logged(use));

    [Theory]
    [InlineData("_ = [|given.ReadAsStringAsync().Result|];")]
    [InlineData("var content = new System.Net.Http.StringContent(text); [|content.LoadIntoBufferAsync().Wait()|];")]
    public Task Another_content_and_another_task_are_flagged_there(string use) => Written.Flags(Logged(use));
}
