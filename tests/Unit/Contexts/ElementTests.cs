using Microsoft.CodeAnalysis;

namespace Quintet.Tests.Contexts;

/// <summary>Elements of windows, which only their loop may touch (QNT5003), in frameworks that this machine does not have.</summary>
public sealed class ElementTests
{
    // The toolkits by the names of their elements.
    [Theory]
    [InlineData("System.Windows", "UIElement", "PresentationFramework", "Dispatcher.Invoke")]
    [InlineData("Microsoft.UI.Xaml", "UIElement", "Microsoft.WinUI", "DispatcherQueue.TryEnqueue")]
    [InlineData("Windows.UI.Xaml", "UIElement", "Microsoft.WinUI", "DispatcherQueue.TryEnqueue")]
    [InlineData("System.Windows.Forms", "Control", "System.Windows.Forms", "Control.Invoke")]
    [InlineData("Shop", "UIElement", "PresentationFramework", null)]
    [InlineData("Shop", "Visual", "Avalonia.Base", null)]
    [InlineData("Shop", "Control", "System.Windows.Forms", null)]
    [InlineData("System.Windows", "Freezable", "PresentationFramework", null)]
    public async Task An_element_is_known_by_its_toolkit(string space, string type, string assembly, string? advice)
    {
        var toolkit = Frameworks.Reference(
            assembly, $"namespace {space} {{ public class {type} {{ public int Size {{ get; set; }} public object? Tag; }} }}");
        var code = ContextLab.Compile(
            OutputKind.DynamicallyLinkedLibrary,
            $"using System.Threading.Tasks; class C {{ {space}.{type} e = new(); "
                + "void Go() => Task.Run(() => { e.Size = 1; e.Size++; e.Size--; _ = -e.Size; }); }",
            [toolkit]);
        var found = (await AllRules.DiagnoseAsync(code, cancellation: TestContext.Current.CancellationToken))
            .Where(static one => one.Id == "QNT5003").ToList();
        Assert.Equal(advice is null ? 0 : 3, found.Count);
        foreach (var one in found) Assert.Contains(advice!, one.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
