using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>What is known of a code before its operand is read, in tables: bodies have millions of them.</summary>
internal sealed class OpShape
{
    public const byte TwoByteMark = 0xFE;

    /// <summary>Bytes of the longest operand that has a fixed length.</summary>
    public const byte LongestOperand = 8;

    /// <summary>In <see cref="Lengths"/>: the operand is the token of a method.</summary>
    public const byte Method = 9;

    /// <summary>In <see cref="Lengths"/>: the table of a switch follows.</summary>
    public const byte Table = 10;

    /// <summary>In <see cref="Lengths"/>: no such code.</summary>
    public const byte NoCode = 11;

    private static readonly OpShape?[] Short = new OpShape?[256];
    private static readonly OpShape?[] Long = new OpShape?[256];

    static OpShape()
    {
        for (var i = 0; i < Lengths.Length; i++) Lengths[i] = NoCode;
        foreach (var code in typeof(OpCodes).GetFields().Select(static field => field.GetValue(null)).OfType<OpCode>())
        {
            var isShort = code.Size == 1;
            (isShort ? Short : Long)[code.Value & 0xFF] = new OpShape(code);
            Lengths[(isShort ? 0 : 256) + (code.Value & 0xFF)] = LengthOf(code);
        }
    }

    private OpShape(OpCode code)
    {
        Code = code;
        var name = code.Name!;
        Family = FamilyOf(code, name);
        // `ldarg.0` names its index, `ldarg.s 4` carries it.
        OperandType = code.OperandType;
        Popped = PoppedBy(code.StackBehaviourPop);
        Pushed = PushedBy(code.StackBehaviourPush);
        IsNew = code == OpCodes.Newobj;
        IsDispatched = code == OpCodes.Callvirt;
        IsReturn = code == OpCodes.Ret;
        EndsPath = code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw;
        Deed = DeedOf(code);
        if (Family is OpFamily.None or OpFamily.Keeping || code.OperandType != OperandType.InlineNone) return;
        Operand = name.EndsWith("m1", StringComparison.OrdinalIgnoreCase) ? -1 : name[name.Length - 1] - '0';
    }

    public OpCode Code { get; }

    public OpFamily Family { get; }

    public OpDeed Deed { get; }

    public OperandType OperandType { get; }

    /// <summary>The index or number that the code itself names; 0 when it carries one, or none.</summary>
    public long Operand { get; }

    /// <summary>How many values it takes from the stack; of what depends on the operand, one.</summary>
    public int Popped { get; }

    /// <summary>How many values it puts on the stack; of what depends on the operand, one.</summary>
    public int Pushed { get; }

    /// <summary>Makes an object.</summary>
    public bool IsNew { get; }

    /// <summary>Another method may run than the one that is named.</summary>
    public bool IsDispatched { get; }

    public bool IsReturn { get; }

    /// <summary>The instruction behind it is not the next that runs.</summary>
    public bool EndsPath { get; }

    /// <summary>Bytes of each operand, or what else it is; codes of two bytes stand behind those of one.</summary>
    public static byte[] Lengths { get; } = new byte[512];

    /// <summary>Takes the next code; null for bytes that are none.</summary>
    [MethodImpl(Speed.Hot)]
    public static OpShape? Read(ref BlobReader il)
    {
        var value = il.ReadByte();
        return value == TwoByteMark ? Long[il.ReadByte()] : Short[value];
    }

    private static OpFamily FamilyOf(OpCode code, string name)
    {
        if (Is("ldarg")) return OpFamily.Argument;
        if (Is("ldloc")) return OpFamily.Local;
        if (Is("stloc")) return OpFamily.Store;
        if (name.StartsWith("ldc.i", StringComparison.Ordinal)) return OpFamily.Constant;
        return code.OpCodeType == OpCodeType.Prefix || code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Box
            || code == OpCodes.Unbox_Any || name.StartsWith("conv.", StringComparison.Ordinal)
            ? OpFamily.Keeping : OpFamily.None;

        bool Is(string family) => name == family || name.StartsWith(family + ".", StringComparison.Ordinal);
    }

    private static byte LengthOf(OpCode code) => code.OperandType switch
    {
        OperandType.InlineMethod => Method,
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineBrTarget => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => Table,
        _ => 4,
    };

    private static OpDeed DeedOf(OpCode code)
    {
        if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj) return OpDeed.Call;
        if (code == OpCodes.Ldloca || code == OpCodes.Ldloca_S) return OpDeed.LocalAddress;
        if (code == OpCodes.Ldarga || code == OpCodes.Ldarga_S) return OpDeed.ArgumentAddress;
        if (code == OpCodes.Dup) return OpDeed.Duplicate;
        if (code == OpCodes.Pop) return OpDeed.Pop;
        if (code == OpCodes.Ldfld || code == OpCodes.Ldflda) return OpDeed.Field;
        if (code == OpCodes.Ldsfld) return OpDeed.StaticField;
        if (code == OpCodes.Ldftn) return OpDeed.Function;
        if (code == OpCodes.Stfld) return OpDeed.StoreField;
        if (code == OpCodes.Stsfld) return OpDeed.StoreStaticField;
        if (code == OpCodes.Initobj) return OpDeed.Initialise;
        if (code == OpCodes.Ceq) return OpDeed.Equal;
        if (code == OpCodes.Cgt_Un) return OpDeed.Greater;
        if (code == OpCodes.Cgt) return OpDeed.More;
        if (code == OpCodes.Isinst) return OpDeed.TypeTest;
        if (code == OpCodes.Ldnull) return OpDeed.Null;
        if (code == OpCodes.Endfinally) return OpDeed.EndFinally;
        if (code == OpCodes.Beq || code == OpCodes.Beq_S) return OpDeed.JumpIfEqual;
        if (code == OpCodes.Bne_Un || code == OpCodes.Bne_Un_S) return OpDeed.JumpIfUnequal;
        if (code == OpCodes.Bgt || code == OpCodes.Bgt_S || code == OpCodes.Bgt_Un || code == OpCodes.Bgt_Un_S) return OpDeed.JumpIfMore;
        if (code == OpCodes.Ble || code == OpCodes.Ble_S || code == OpCodes.Ble_Un || code == OpCodes.Ble_Un_S)
            return OpDeed.JumpUnlessMore;
        if (code == OpCodes.Brtrue || code == OpCodes.Brtrue_S) return OpDeed.JumpIfTrue;
        return code.StackBehaviourPop == StackBehaviour.Popi ? OpDeed.TakesNumber : OpDeed.Other;
    }

    private static int PoppedBy(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref or StackBehaviour.Varpop => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    private static int PushedBy(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
