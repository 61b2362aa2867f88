using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime;

/// <summary>No public type shares name and arity with a type of the SDK's implicit usings or of another model.</summary>
public sealed class PublicNamesTests
{
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly Type[] PublicTypes = [.. typeof(Go).Assembly.GetExportedTypes().Where(type => !type.IsNested)];

    [Fact]
    public void One_file_can_use_every_public_type_by_its_simple_name()
    {
        Assert.NotEmpty(PublicTypes);
        var errors = Compile(PublicTypes.Select(type => type.Namespace!), PublicTypes.Select(Written));
        Assert.Empty(errors);
    }

    // The near miss: with one more namespace whose type has a name of ours the same file does not compile.
    [Fact]
    public void A_name_that_clashes_would_be_found()
    {
        var namespaces = PublicTypes.Select(type => type.Namespace!).Append("Clashing");
        var errors = Compile(namespaces, ["GoMutex"], "namespace Clashing { public class GoMutex; }");
        Assert.Contains("CS0104", Assert.Single(errors));
    }

    private static string[] Compile(IEnumerable<string> namespaces, IEnumerable<string> types, string more = "")
    {
        var usings = string.Concat(ImplicitUsings.Concat(namespaces).Distinct().Select(name => $"global using {name};\n"));
        var uses = string.Concat(types.Select(type => $"        _ = typeof({type});\n"));
        var program = $"internal static class Program\n{{\n    private static void Main()\n    {{\n{uses}    }}\n}}\n";
        var trees = new[] { usings, more, program };
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "names",
            trees.Select(text => CSharpSyntaxTree.ParseText(text)),
            platform
                .Where(path => Path.GetFileName(path) is "Quintet.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
                .Select(path => MetadataReference.CreateFromFile(path)));
        return [.. compilation.GetDiagnostics().Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.ToString())];
    }

    private static string Written(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsGenericTypeDefinition ? $"{name}<{new string(',', type.GetGenericArguments().Length - 1)}>" : name;
    }
}
