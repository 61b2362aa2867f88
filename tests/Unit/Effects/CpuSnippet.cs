using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Effects;

namespace Quintet.Tests.Effects;

/// <summary>Members of a class, of which the one named <c>M</c> is asked for its CPU cost.</summary>
internal static class CpuSnippet
{
    private static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static CpuShape Shape(string members)
    {
        var (model, method) = Compile(members, mustCompile: true);
        return Own(CpuCost.Of(model.GetOperation(method)!, model.GetDeclaredSymbol(method), CancellationToken.None));
    }

    /// <summary>The shape of the first lambda in <c>M</c>.</summary>
    public static CpuShape LambdaShape(string members)
    {
        var (model, method) = Compile(members, mustCompile: true);
        var lambda = model.GetOperation(method)!.Descendants().OfType<IAnonymousFunctionOperation>().First();
        return Own(CpuCost.Of(lambda.Body, lambda.Symbol, CancellationToken.None));
    }

    /// <summary>The shape of the first local function in <c>M</c>.</summary>
    public static CpuShape LocalFunctionShape(string members)
    {
        var (model, method) = Compile(members, mustCompile: true);
        var function = model.GetOperation(method)!.Descendants().OfType<ILocalFunctionOperation>().First();
        return Own(CpuCost.Of(function, function.Symbol, CancellationToken.None));
    }

    public static CpuShape BrokenShape(string members)
    {
        var (model, method) = Compile(members, mustCompile: false);
        return Own(CpuCost.Of(model.GetOperation(method)!, model.GetDeclaredSymbol(method), CancellationToken.None));
    }

    /// <summary>The nest around the call of <c>Here</c> in <c>M</c>.</summary>
    public static LoopNest Around(string members)
    {
        var (model, method) = Compile(members + " static int Here(params object[] x) => 0;", mustCompile: true);
        var call = model.GetOperation(method)!.Descendants().OfType<IInvocationOperation>().First(c => c.TargetMethod.Name == "Here");
        return CpuCost.Around(call);
    }

    /// <summary>What is heavy only for callers whose loops choose what they give.</summary>
    public static IReadOnlyList<CpuEvidence> Chosen(string members)
    {
        var (model, method) = Compile(members, mustCompile: true);
        var shape = CpuCost.Of(model.GetOperation(method)!, model.GetDeclaredSymbol(method), CancellationToken.None);
        return [.. shape.Evidence.Where(static evidence => evidence.Chosen is not null)];
    }

    // What a caller's number or loops decide is the caller's.
    private static bool IsOwn(CpuEvidence evidence) => evidence is { Given: null, Chosen: null };

    private static CpuShape Own(CpuShape shape) => shape.Evidence.All(IsOwn) ? shape : new()
    {
        Evidence = [.. shape.Evidence.Where(IsOwn)],
        Deepest = shape.Deepest,
        DeepestStart = shape.DeepestStart,
        DeepestLength = shape.DeepestLength,
    };

    /// <summary>The only evidence, which must be certain.</summary>
    public static string Certain(string members)
    {
        var evidence = Assert.Single(Shape(members).Evidence);
        Assert.True(evidence.Certain, evidence.Evidence);
        Assert.False(evidence.HasCheckpoint, evidence.Evidence);
        return evidence.Evidence;
    }

    /// <summary>Nothing certain that gives nobody a turn.</summary>
    public static void Silent(string members) =>
        Assert.DoesNotContain(Shape(members).Evidence, evidence => evidence.Certain && !evidence.HasCheckpoint);

    private static (SemanticModel Model, MethodDeclarationSyntax Method) Compile(string members, bool mustCompile)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            using System; using System.Collections.Generic; using System.Linq; using System.Security.Cryptography; using System.Text;
            using System.Threading; using System.Threading.Tasks;
            class Item { public int Id; public double X, Y; public int[] Lines = []; public string Name = "";
                public List<Item> Items = []; }
            class Node { public Node Left, Right; public List<Node> Children; public int Value; }
            class Program
            {
                {{members}}
            }
            """);
        var compilation = CSharpCompilation.Create(
            "Snippet", [tree], Framework, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        if (mustCompile) Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.ValueText == "M");
        return (compilation.GetSemanticModel(tree), method);
    }
}
