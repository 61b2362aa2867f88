using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3001SerialisedParallelBody>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3001SerialisedParallelBodyTests
{
    [Fact]
    public Task A_lock_around_the_whole_body_is_flagged() => Flags(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => Parallel.ForEach(orders, order =>
        {
            [|lock (gate)|] { var total = 0; foreach (var line in order) total += line * line % 7; totals.Add(total); }
        });
        """,
        "runs in parallel");

    [Fact]
    public Task A_lock_around_the_result_only_is_allowed() => Allows(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => Parallel.ForEach(orders, order =>
        {
            var total = 0; foreach (var line in order) total += line * line % 7;
            lock (gate) { totals.Add(total); }
        });
        """);

    [Fact]
    public Task A_lock_around_a_counter_is_allowed() => Allows(
        """
        object gate = new(); int count;
        void Count(List<int[]> orders) => Parallel.ForEach(orders, order => { lock (gate) { count++; } });
        """);

    [Fact]
    public Task A_lock_around_a_file_is_flagged() => Flags(
        """
        object gate = new(); List<string> texts = new();
        void Load(List<string> paths) => Parallel.ForEach(paths, path =>
        {
            [|lock (gate)|] { texts.Add(File.ReadAllText(path)); }
        });
        """,
        "gate");

    [Fact]
    public Task A_lock_of_the_element_is_allowed() => Allows(
        """
         class Order { public object Gate = new(); public List<int> Lines = new(); public int Total; }
        void Sum(List<Order> orders) => Parallel.ForEach(orders, order =>
        {
            lock (order.Gate) { foreach (var line in order.Lines) order.Total += line * line % 7; }
        });
        """);

    [Fact]
    public Task The_same_body_in_a_plain_loop_is_allowed() => Allows(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => orders.ForEach(order =>
        {
            lock (gate) { var total = 0; foreach (var line in order) total += line * line % 7; totals.Add(total); }
        });
        """);
}
