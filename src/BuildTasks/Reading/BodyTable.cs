using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

// One pass over the bytes
// -----------------------
// Whom a body names is found without decoding it: a table says how long each instruction is, and which carries the token of a method.
// Everything stays numbers in a few long arrays; an assembly may have a hundred thousand bodies.

/// <summary>Whom each body of an assembly names.</summary>
internal sealed class BodyTable
{
    /// <summary>Bodies beyond this size are generated; walking them costs more than they tell.</summary>
    private const int LargestBody = 64 * 1024;

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly NamedMembers _members;
    private readonly BlobReader?[] _sections;
    private readonly byte[] _code = new byte[LargestBody];
    private readonly int[] _starts;
    private readonly int[] _lastNamedBy;
    private readonly BodyState[] _states;
    private int[] _named = new int[1024];
    private int _count;
    private long _bytes;

    [MethodImpl(Speed.Hot)]
    public BodyTable(PEReader file, MetadataReader metadata, OwnTypes types, NamedMembers members, long length)
    {
        (_file, _metadata, _members) = (file, metadata, members);
        // Honest bodies lie side by side in a file: thousands of methods that share one would keep a reader busy for hours.
        _bytes = 2 * length;
        _sections = new BlobReader?[file.PEHeaders.SectionHeaders.Length];
        _starts = new int[types.Methods + 1];
        _states = new BodyState[types.Methods];
        _lastNamedBy = new int[members.Count];
        for (var method = 0; method < types.Methods; method++)
        {
            _states[method] = Scan(method, metadata.GetMethodDefinition(OwnTypes.MethodAt(method)));
            _starts[method + 1] = _count;
        }

        for (var i = 0; i < _count; i++) _named[i] = members.Definition(_named[i]);
    }

    public int Methods => _states.Length;

    /// <summary>The members that bodies name, one body behind the other.</summary>
    public int[] Named => _named;

    public BodyState StateOf(int method) => _states[method];

    /// <summary>Where in <see cref="Named"/> the members of a body are, each once: from here to before the next one's start.</summary>
    public int StartOf(int method) => _starts[method];

    [MethodImpl(Speed.Hot)]
    private BodyState Scan(int method, MethodDefinition definition)
    {
        // Mixed assemblies have native methods among the others.
        const MethodImplAttributes Kinds = MethodImplAttributes.CodeTypeMask | MethodImplAttributes.Unmanaged;
        if (definition.RelativeVirtualAddress == 0 || (definition.ImplAttributes & Kinds) != MethodImplAttributes.IL)
            return BodyState.None;
        var section = _file.PEHeaders.GetContainingSectionIndex(definition.RelativeVirtualAddress);
        if (section < 0) return BodyState.Unreadable;
        var start = _file.PEHeaders.SectionHeaders[section].VirtualAddress;
        var code = _sections[section] ??= _file.GetSectionData(start).GetReader();
        var at = definition.RelativeVirtualAddress - start;
        if (at >= code.Length) return BodyState.Unreadable;
        code.Offset = at;
        int size = code.ReadByte();
        if ((size & 3) == 2) size >>= 2;
        else if ((size & 3) != 3 || code.Length - at < 12) return BodyState.Unreadable;
        else
        {
            code.Offset = at + 4;
            size = code.ReadInt32();
            code.Offset = at + 12;
        }

        if (size < 0 || size > code.RemainingBytes) return BodyState.Unreadable;
        if (size is 0 or > LargestBody || (_bytes -= size) < 0) return BodyState.None;
        code.ReadBytes(size, _code, 0);
        return Scan(_code, 0, size, method + 1) ? BodyState.Scanned : BodyState.Opaque;
    }

    [MethodImpl(Speed.Hot)]
    private bool Scan(byte[] code, int at, int end, int mark)
    {
        var lengths = OpShape.Lengths;
        while (at < end)
        {
            int op = code[at++];
            if (op == OpShape.TwoByteMark)
            {
                if (at == end) return false;
                op = 256 + code[at++];
            }

            var length = (int)lengths[op];
            if (length <= OpShape.LongestOperand)
            {
                at += length;
                continue;
            }

            if (length == OpShape.NoCode || end - at < 4) return false;
            var operand = code[at] | code[at + 1] << 8 | code[at + 2] << 16 | code[at + 3] << 24;
            at += 4;
            if (length == OpShape.Table)
            {
                if ((uint)operand > (uint)((end - at) / 4)) return false;
                at += 4 * operand;
                continue;
            }

            var member = _members.Of(operand);
            if (member < 0) return false;
            if (_lastNamedBy[member] == mark) continue;
            _lastNamedBy[member] = mark;
            if (_count == _named.Length) Array.Resize(ref _named, 2 * _count);
            _named[_count++] = member;
        }

        return at == end;
    }
}
