namespace Quintet.Analyzers.Rules;

/// <summary>The families of rules: the columns of the article's table. A team switches a whole model on or off by its category.</summary>
internal static class Category
{
    public const string Goroutines = "Quintet.Goroutines";
    public const string Processes = "Quintet.Processes";
    public const string Threads = "Quintet.Threads";
    public const string Coroutines = "Quintet.Coroutines";
    public const string EventLoops = "Quintet.EventLoops";
}
