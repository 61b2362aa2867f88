using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

// What the result of a call is given to: coroutines of Unity, functions that a method of the program gives; and what our runtime runs.
public sealed partial class QNT5001BlockingCallOnEventLoopTests
{
    private const string Unity =
        """
        namespace UnityEngine { public class MonoBehaviour { public object StartCoroutine(System.Collections.IEnumerator routine) => null;
        public void Invoke(string methodName, float time) { } } }

        """;

    private static string Behaviour(string members, string parent = "UnityEngine.MonoBehaviour") =>
        $"class Save : {parent}\n{{\n{members}\n}}\n"
        + $"class Plain\n{{\npublic void StartCoroutine(System.Collections.IEnumerator one) {{ }}\n}}\n{Unity}";

    [Theory]
    [InlineData("void Start() { StartCoroutine(Write()); }")]
    [InlineData("void Start() { object kept = StartCoroutine(this.Write()); }")]
    [InlineData("void Start() { var one = Write(); StartCoroutine(one); }")]
    [InlineData("System.Collections.IEnumerator Start() { yield return Write(); }")]
    [InlineData("System.Collections.IEnumerator Other() { yield return null; yield return Write(); }")]
    public Task A_coroutine_that_the_frame_loop_continues_is_flagged(string start) => Flags(Behaviour(
        start + " System.Collections.IEnumerator Write() { [|File.WriteAllText(\"a\", \"b\")|]; yield return null; }"), "'Write'");

    [Theory]
    [InlineData("void Go() { }")]
    [InlineData("void Go() { var one = Write(); }")]
    [InlineData("void Go() { new Plain().StartCoroutine(Write()); }")]
    [InlineData("void Go(List<object> all) { all.Add(Write()); }")]
    [InlineData("void Go() { Task.Run(() => { var one = Write(); while (one.MoveNext()) { } }); }")]
    [InlineData("IEnumerable<object> Go() { yield return Write(); }")]
    public Task An_iterator_that_nobody_gives_to_the_frame_loop_is_allowed(string go) => Allows(Behaviour(
        go + " System.Collections.IEnumerator Write() { File.WriteAllText(\"a\", \"b\"); yield return null; }"));

    [Fact]
    public Task A_coroutine_of_another_class_is_flagged() => Flags(Behaviour(
        "void Start() { StartCoroutine(new Loader().Load()); }") + "class Loader\n{\npublic System.Collections.IEnumerator Load() "
            + "{ [|Thread.Sleep(1)|]; yield break; }\n}");

    [Fact]
    public Task Without_Unity_an_iterator_that_yields_another_is_allowed() => Allows(
        "class Walk\n{\nSystem.Collections.IEnumerator All() { yield return One(); }\n"
        + "System.Collections.IEnumerator One() { Thread.Sleep(1); yield break; }\n}");

    [Fact]
    public Task A_method_that_Unity_calls_by_its_name_is_flagged() => Flags(Behaviour(
        "void Start() { Invoke(nameof(Once), 1); } void Once() { [|Thread.Sleep(1)|]; }"));

    [Fact]
    public Task A_method_whose_name_is_only_told_is_allowed() => Allows(Behaviour(
        "void Start() { Console.Write(nameof(Once)); } void Once() { Thread.Sleep(1); }"));

    [Theory]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { loop.SetTimeout(Slow(), 1); } Action Slow() => () => [|Thread.Sleep(1)|];")]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { var slow = Slow(); loop.SetTimeout(slow, 1); } "
        + "Action Slow() { return () => { [|Thread.Sleep(1)|]; }; }")]
    [InlineData("void M(Quintet.Asyncio.EventLoop loop) => loop.CallSoonThreadSafe(Slow(5)); "
        + "static Action Slow(int ms) => () => [|Thread.Sleep(ms)|];")]
    public Task A_function_that_a_method_gives_for_the_loop_is_flagged(string members) => Flags(members);

    [Theory]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { Slow(); } Action Slow() => () => Thread.Sleep(1);")]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { Task.Run(Slow()); } Action Slow() => () => Thread.Sleep(1);")]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { loop.SetTimeout(Slow(), 1); } "
        + "Action Slow() { Thread.Sleep(1); return () => { }; }")]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { loop.SetTimeout(Slow(), 1); } "
        + "Action Slow() { Task.Run(() => Thread.Sleep(1)); return () => { }; }")]
    public Task What_such_a_method_does_itself_or_gives_to_nobody_is_allowed(string members) => Allows(members);

    [Theory]
    [InlineData("void M() { Quintet.Node.NodeLoop.Run(() => { [|Thread.Sleep(1)|]; }); }")]
    [InlineData("void M() { Quintet.Node.NodeFs.Unlink(\"left\", error => { [|Thread.Sleep(1)|]; }); }")]
    [InlineData("void M(Quintet.Node.NodeStream stream) { stream.Finished(error => { [|Thread.Sleep(1)|]; }); }")]
    [InlineData("void M(Quintet.Asyncio.EventLoop loop) => "
        + "loop.AddSignalHandler(System.Runtime.InteropServices.PosixSignal.SIGINT, () => [|Thread.Sleep(1)|]);")]
    public Task What_our_loops_run_is_flagged(string members) => Flags(members);

    // A worker has a thread to itself, and a program that reads before its loop turns keeps nobody waiting.
    [Theory]
    [InlineData("void M() { Quintet.Node.NodeLoop.Run(() => { File.ReadAllText(\"settings\"); }); }")]
    [InlineData("void M() { new Quintet.Node.Worker(() => { Thread.Sleep(1); }); }")]
    [InlineData("void M(Quintet.Node.NodeLoop loop) { loop.QueueWork(() => { Thread.Sleep(1); return 1; }, (error, one) => { }); }")]
    [InlineData("void M() { NodeLoop.Run(() => { Thread.Sleep(1); }); } static class NodeLoop { public static void Run(Action a) { } }")]
    public Task What_holds_nobody_is_allowed(string members) => Allows(members);

    [Theory]
    [InlineData("void OnGo(object sender, EventArgs e) { var p = new Progress<int>(v => [|Thread.Sleep(v)|]); }")]
    [InlineData("void OnGo(object sender, EventArgs e) { var ui = TaskScheduler.FromCurrentSynchronizationContext(); "
        + "Task.Run(() => 1).ContinueWith(t => { [|Thread.Sleep(1)|]; }, default, TaskContinuationOptions.None, ui); }")]
    public Task What_keeps_the_loop_is_flagged(string member) => Flags(View(member));

    [Theory]
    [InlineData("void OnGo(object sender, EventArgs e) { Task.Run(() => { var p = new Progress<int>(v => Thread.Sleep(v)); }); }")]
    [InlineData("void OnGo(object sender, EventArgs e) { "
        + "Task.Run(() => 1).ContinueWith(t => { Thread.Sleep(1); }, default, TaskContinuationOptions.None, TaskScheduler.Default); }")]
    public Task What_keeps_no_loop_is_allowed(string member) => Allows(View(member));

    [Fact]
    public Task A_fragment_of_a_component_is_flagged() => Flags(Component(
        "protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder b) => b.AddContent(1, "
        + "(Microsoft.AspNetCore.Components.RenderFragment)(c => { [|Thread.Sleep(1)|]; }));"));
}
