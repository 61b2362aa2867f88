using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Quintet.Tests.BuildTasks;

/// <summary>Assemblies that no compiler writes. Each has a type <c>T</c>, and most an honest method that sleeps.</summary>
internal sealed class MadeUp
{
    private static readonly byte[] NoParameters = [0, 0, 1];

    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _bodies = new();
    private readonly MethodBodyStreamEncoder _encoder;
    private readonly TypeReferenceHandle _object;
    private readonly MemberReferenceHandle _sleep;

    private MadeUp(string assembly)
    {
        _encoder = new MethodBodyStreamEncoder(_bodies);
        _metadata.AddModule(0, Name("MadeUp.dll"), _metadata.GetOrAddGuid(new Guid("11111111-2222-3333-4444-555555555555")),
            default, default);
        _metadata.AddAssembly(Name(assembly), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        var runtime = _metadata.AddAssemblyReference(Name("System.Runtime"), new Version(10, 0), default, default, default, default);
        _object = _metadata.AddTypeReference(runtime, Name("System"), Name("Object"));
        var thread = _metadata.AddTypeReference(runtime, Name("System.Threading"), Name("Thread"));
        _sleep = _metadata.AddMemberReference(thread, Name("Sleep"), Blob([0, 1, 1, 8]));
        _metadata.AddTypeDefinition(default, default, Name("<Module>"), default, Field(1), Method(1));
        Type("T", TypeAttributes.Public);
    }

    public static byte[] WithMethod(string name, MethodImplAttributes code, string assembly = "MadeUp")
    {
        var made = new MadeUp(assembly);
        made.Add(name, made.Sleeping(), NoParameters, code);
        return made.Written();
    }

    public static byte[] WithBody(byte[] code) => Beside(made => made.Add("Bad", made.Body(code), NoParameters));

    public static byte[] WithSignature(byte[] signature) => Beside(made => made.Add("Bad", made.Sleeping(), signature));

    public static byte[] WithDoublingTypes(int levels) => Beside(made =>
    {
        // Each is List<before, before>, as far as its own spelling goes.
        byte[] last = [0x08];
        for (var i = 0; i < levels; i++)
        {
            var spelled = made._metadata.AddTypeSpecification(made.Blob([0x15, 0x12, 0x05, 2, .. last, .. last]));
            var coded = (MetadataTokens.GetRowNumber(spelled) << 2) | 2;
            last = [0x12, (byte)coded];
        }

        made.Add("Bad", made.Sleeping(), [0, 1, 1, .. last]);
    });

    public static byte[] WithNestedCircle() => Beside(made =>
    {
        made.Add("Beside", made.Body([0x2A]), NoParameters);
        var first = made.Type("A", TypeAttributes.NestedPublic);
        made.Add("Bad", made.Sleeping(), NoParameters);
        var second = made.Type("B", TypeAttributes.NestedPublic);
        made.Add("Worse", made.Sleeping(), NoParameters);
        made._metadata.AddNestedType(first, second);
        made._metadata.AddNestedType(second, first);
    });

    public static byte[] WithSharedBody(int methods)
    {
        var made = new MadeUp("MadeUp");
        var body = made.Body([.. Enumerable.Repeat(new byte[] { 0x16, 0x2D, 0x00 }, 20_000).SelectMany(static code => code), 0x2A]);
        for (var i = 0; i < methods; i++) made.Add($"M{i}", body, NoParameters);
        return made.Written();
    }

    private static byte[] Beside(Action<MadeUp> bad)
    {
        var made = new MadeUp("MadeUp");
        made.Add("Honest", made.Sleeping(), NoParameters);
        bad(made);
        return made.Written();
    }

    private int Sleeping() => Body([0x17, 0x28, .. BitConverter.GetBytes(MetadataTokens.GetToken(_sleep)), 0x2A]);

    private int Body(byte[] code)
    {
        var body = _encoder.AddMethodBody(code.Length, maxStack: 8);
        new BlobWriter(body.Instructions).WriteBytes(code);
        return body.Offset;
    }

    private void Add(string name, int body, byte[] signature, MethodImplAttributes code = MethodImplAttributes.IL) =>
        _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, code, Name(name), Blob(signature), body, default);

    private TypeDefinitionHandle Type(string name, TypeAttributes attributes) => _metadata.AddTypeDefinition(attributes, default,
        Name(name), _object, Field(1), Method(_metadata.GetRowCount(TableIndex.MethodDef) + 1));

    private byte[] Written()
    {
        var file = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll),
            new MetadataRootBuilder(_metadata, suppressValidation: true), _bodies).Serialize(file);
        return file.ToArray();
    }

    private StringHandle Name(string text) => _metadata.GetOrAddString(text);

    private BlobHandle Blob(byte[] content) => _metadata.GetOrAddBlob(content);

    private static FieldDefinitionHandle Field(int row) => MetadataTokens.FieldDefinitionHandle(row);

    private static MethodDefinitionHandle Method(int row) => MetadataTokens.MethodDefinitionHandle(row);
}
